#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/learn/forest/binning.hpp"
#include "rarewood/learn/forest/bootstrap.hpp"

namespace rarewood {

/// Sums over the rows of a node, or of one bin of it.
struct NodeSums {
  std::uint64_t weight = 0;  ///< rows by class: negatives << 32 | positives
  std::uint64_t rows = 0;    ///< distinct original rows, each item's capped as in BagItem

  std::uint32_t n0() const { return static_cast<std::uint32_t>(weight >> 32); }
  std::uint32_t n1() const { return static_cast<std::uint32_t>(weight); }
  bool pure() const { return n0() == 0 || n1() == 0; }
  void add(const NodeSums& other) {
    weight += other.weight;
    rows += other.rows;
  }
};

/// What a split is judged by: class weights turn counts into the impurity's measure.
struct SplitRules {
  double class_weight[2] = {1, 1};
  std::uint32_t min_samples_leaf = 1;
};

/// The best cut of one feature in one node; `score` is larger for purer children.
struct SplitChoice {
  double score = -1;  ///< sum over children of (w0^2 + w1^2) / (w0 + w1); -1 = no cut allowed
  std::uint32_t feature = 0;
  bool missing_seen = false;  ///< the node holds missing values of the feature
  bool missing_left = false;
  std::uint16_t left_bin = 0;             ///< ordered: last bin that goes left
  std::uint16_t right_bin = 0;            ///< ordered: first bin present that goes right
  std::vector<std::uint16_t> left_codes;  ///< category: codes that go left
};

/// Finds cuts; one per thread, as it keeps its working memory.
class SplitSearch {
 public:
  SplitSearch(const BinnedPatterns& binned, const SplitRules& rules);

  /// Judge one feature on the items of a node and keep it if it beats `best`.
  /// \return false if the feature is constant in the node
  bool consider(std::span<const BagItem> items, const NodeSums& node, std::uint32_t feature,
                SplitChoice& best);

 private:
  struct Bin {
    std::uint16_t code = 0;
    NodeSums sums;
  };

  /// A place to cut the bins of one feature.
  struct Cut {
    std::uint32_t feature = 0;
    bool ordered = true;
    std::size_t last_left = 0;  ///< position in bins_
    bool missing_left = false;
  };

  void gather(std::span<const BagItem> items, const NodeSums& node, std::uint32_t feature);
  void gather_two_bins(std::span<const BagItem> items, const NodeSums& node, std::uint32_t feature);
  void gather_by_sorting(std::span<const BagItem> items, std::uint32_t feature);
  void gather_by_table(std::span<const BagItem> items, std::uint32_t feature);
  void gather_weights_by_table(std::span<const BagItem> items, std::uint32_t feature);
  void order_by_rate();
  double children_score(const NodeSums& left, const NodeSums& right) const;
  void scan(const NodeSums& node, std::uint32_t feature, bool ordered, SplitChoice& best);
  void take(const Cut& cut, double score, SplitChoice& best) const;

  const BinnedPatterns& binned_;
  SplitRules rules_;
  std::vector<NodeSums> table_;  ///< one per bin of the widest feature, kept at zero
  /// The same without rows, twice: for items of even and odd place, see gather_weights_by_table.
  std::vector<std::uint64_t> weights_[2];
  std::vector<Bin> bins_;  ///< bins present in the node, missing excluded
  NodeSums missing_;
};

}  // namespace rarewood
