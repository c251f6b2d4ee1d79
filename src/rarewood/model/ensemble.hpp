#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rarewood {

/// A node of a binary tree.
///
/// A row goes left if its value is <= `value` (number, boolean), or if its category is in the
/// node's set (category); a missing value goes left if `missing_left`.
struct Node {
  static constexpr std::int32_t kLeaf = -1;
  static constexpr std::int32_t kOrdered = -1;

  std::int32_t feature = kLeaf;
  std::int32_t category_set = kOrdered;  ///< index into Ensemble::category_sets, or kOrdered
  float value = 0;                       ///< threshold of an ordered split; a leaf's value
  std::uint32_t left = 0;                ///< index into Ensemble::nodes
  std::uint32_t right = 0;
  bool missing_left = false;
  float cover = 0;  ///< class-weighted rows of the bag that reached the node

  bool is_leaf() const { return feature == kLeaf; }
  bool operator==(const Node&) const = default;
};

/// Trees whose leaf values are summed (boosting) or averaged (forests, dummies).
///
/// Averaged leaves are probabilities and multiples of leaf_quantum(trees), so that their float32
/// sum is exact in any order. Plain data: learners make it, scorers and files read it.
struct Ensemble {
  enum class Aggregation { average, sum };

  Aggregation aggregation = Aggregation::average;
  std::vector<std::uint32_t> roots;  ///< one per tree, ascending; a tree's nodes lie together
  std::vector<Node> nodes;           ///< children come after their parent
  std::vector<std::vector<std::uint32_t>> category_sets;  ///< codes that go left, ascending

  std::size_t trees() const { return roots.size(); }
  bool operator==(const Ensemble&) const = default;
};

/// 2^-16 up to 256 trees, coarser beyond: sums of n leaf values <= 1 fit float32's 24 bits.
float leaf_quantum(std::size_t trees);

}  // namespace rarewood
