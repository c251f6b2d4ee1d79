#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "rarewood/model/ensemble.hpp"

namespace rarewood {

/// A node of a tree that another library grew, with its children as that library numbers them.
struct ForeignNode {
  Node node;  ///< its children's numbers are not yet set
  std::int64_t left = 0;
  std::int64_t right = 0;
};

/// Append a tree to the ensemble, its nodes in pre-order as everywhere here.
/// \param node_at  gives the node of a number; it may add to the ensemble's category sets
void append_foreign_tree(Ensemble& ensemble, std::int64_t root,
                         const std::function<ForeignNode(std::int64_t)>& node_at);

/// Makes `node` a split by a set of categories.
/// \param codes  that go left, ascending
void split_by_set(Ensemble& ensemble, Node& node, std::vector<std::uint32_t> codes);

/// A tree without a split: the same `value` for every row.
void append_constant(Ensemble& ensemble, float value, float cover);

}  // namespace rarewood
