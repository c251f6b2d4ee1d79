#pragma once

#include <cstdint>
#include <vector>

#include "rarewood/learn/forest/binning.hpp"
#include "rarewood/learn/forest/split_search.hpp"
#include "rarewood/model/ensemble.hpp"

namespace rarewood {

struct TreeRules {
  SplitRules split;
  std::uint32_t max_depth = 0xFFFFFFFF;
  std::uint32_t min_samples_split = 2;
  std::uint32_t max_features = 1;    ///< features looked at per node
  std::uint32_t max_leaf_nodes = 0;  ///< > 0: the best split of all leaves is made next
  double min_impurity_decrease = 0;  ///< a split's gain times the node's share of the bag
  float leaf_quantum = 0x1p-16F;     ///< leaf values are rounded to multiples of it
};

/// One tree, before it joins an ensemble: child and set indexes count from 0.
struct GrownTree {
  std::vector<Node> nodes;
  std::vector<std::vector<std::uint32_t>> category_sets;
};

/// Grow a tree on the items of a bag, depth first, or best first under max_leaf_nodes.
///
/// Each node looks at max_features features drawn without replacement, and at further ones as long
/// as all of these are constant in it (scikit-learn's rule).
/// \param bag  reordered in the course of the work
/// \param key  decides all random draws of the tree
GrownTree grow_tree(const BinnedPatterns& binned, std::vector<BagItem>& bag, const TreeRules& rules,
                    std::uint64_t key);

}  // namespace rarewood
