#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/learn/forest/bag.hpp"
#include "rarewood/learn/forest/binning.hpp"
#include "rarewood/learn/forest/key_sort.hpp"

namespace rarewood {

/// One bin of a feature with the sums of a node's items in it.
struct Bin {
  std::uint16_t code = 0;
  NodeSums sums;
};

/// A feature as one node sees it.
struct FeatureView {
  std::uint32_t feature = 0;
  Grain grain = Grain::coarse;
  std::vector<Bin> bins;  ///< those that hold items, in ascending order of codes
  NodeSums missing;       ///< of items without a value

  bool constant() const { return bins.size() + (missing.weight != 0 ? 1 : 0) < 2; }
};

/// Sums a node's items up by bin; one per thread, as it keeps its working memory.
///
/// Large nodes add into tables of coarse bins, several features in one pass over the items. Small
/// ones hold few of the bins, so they sort their items, by exact values.
class Gatherer {
 public:
  static constexpr std::size_t kAtOnce = 6;  ///< features of one call

  /// \param count_rows  whether bins need the number of distinct rows (a leaf rule is in force)
  Gatherer(const BinnedPatterns& binned, bool count_rows);

  /// \param features  1 .. kAtOnce of them
  /// \return a view of each, valid until the next call
  std::span<FeatureView> gather(std::span<const BagItem> items,
                                std::span<const std::uint32_t> features);

 private:
  /// Features to be added up together, and where: tables [2][features][kTable].
  struct Together {
    std::array<std::uint32_t, kAtOnce> column{};
    std::array<FeatureView*, kAtOnce> view{};
    std::size_t count = 0;
  };

  bool small_enough_to_sort(const FeatureBins& bins, std::size_t items) const;
  void gather_by_sorting(std::span<const BagItem> items, FeatureView& view);
  void gather_wide_category(std::span<const BagItem> items, FeatureView& view);
  template <typename Sum>
  void gather_by_tables(std::span<const BagItem> items, const Together& together,
                        std::vector<Sum>& tables);

  const BinnedPatterns& binned_;
  bool count_rows_ = false;
  KeySorter sorter_;
  std::array<FeatureView, kAtOnce> views_;
  std::vector<std::uint64_t> weights_;   ///< tables without rows, kept at zero
  std::vector<NodeSums> sums_;           ///< tables with rows, kept at zero
  std::vector<NodeSums> category_sums_;  ///< of the widest category, kept at zero
};

}  // namespace rarewood
