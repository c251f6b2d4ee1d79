#include "rarewood/learn/forest/gather.hpp"

#include <algorithm>
#include <utility>

namespace rarewood {
namespace {

constexpr std::size_t kTable = kMostCoarseBins + 1;  // one bin more, of missing values

/// Up to this many items a node looks at exact values.
constexpr std::size_t kSortUpTo = 128;
static_assert(kSortUpTo <= KeySorter::kMostKeys);

void take_item(std::uint64_t& sum, const BagItem& item) { sum += item.weight; }
void take_item(NodeSums& sum, const BagItem& item) { sum += {item.weight, item.rows}; }
NodeSums as_sums(std::uint64_t weight) { return {weight, 0}; }
NodeSums as_sums(const NodeSums& sums) { return sums; }

/// Add the items into the tables of K features. Items take turns between two sets of tables, as an
/// addition to the bin that the item before was added to would wait for its store.
template <std::size_t K, typename Sum>
void add_up(std::span<const BagItem> items, const BinnedPatterns& binned,
            const std::array<std::uint32_t, Gatherer::kAtOnce>& column, Sum* tables) {
  const auto add = [&](const BagItem& item, Sum* to) {
    const std::uint8_t* row = binned.coarse.row(item.pattern);
    for (std::size_t k = 0; k < K; ++k) take_item(to[k * kTable + row[column[k]]], item);
  };
  Sum* const second = tables + K * kTable;
  std::size_t i = 0;
  for (; i + 1 < items.size(); i += 2) {
    add(items[i], tables);
    add(items[i + 1], second);
  }
  if (i < items.size()) add(items[i], tables);
}

/// Move what a table holds into the view and leave zeros behind. Every bin is written, those that
/// hold something are kept: which ones do is no better to predict than a coin.
template <typename Sum>
void empty_table(Sum* first, Sum* second, std::uint16_t count, FeatureView& view) {
  view.bins.resize(count);
  std::size_t kept = 0;
  for (std::uint16_t code = 0; code < count; ++code) {
    NodeSums sums = as_sums(first[code]);
    sums += as_sums(second[code]);
    view.bins[kept] = {code, sums};
    kept += sums.weight != 0 ? 1 : 0;
  }
  view.bins.resize(kept);
  view.missing = as_sums(first[count]);
  view.missing += as_sums(second[count]);
  std::fill_n(first, count + 1, Sum{});
  std::fill_n(second, count + 1, Sum{});
}

}  // namespace

Gatherer::Gatherer(const BinnedPatterns& binned, bool count_rows)
    : binned_(binned), count_rows_(count_rows) {
  if (count_rows) {
    sums_.resize(2 * kAtOnce * kTable);
  } else {
    weights_.resize(2 * kAtOnce * kTable);
  }
  std::size_t widest = 0;
  for (const FeatureBins& bins : binned.features) {
    if (bins.wide && !bins.ordered) widest = std::max<std::size_t>(widest, bins.fine.count + 1U);
  }
  category_sums_.resize(widest);
}

std::span<FeatureView> Gatherer::gather(std::span<const BagItem> items,
                                        std::span<const std::uint32_t> features) {
  Together together;
  for (std::size_t i = 0; i < features.size(); ++i) {
    FeatureView& view = views_[i];
    const FeatureBins& bins = binned_.features[features[i]];
    view.feature = features[i];
    view.bins.clear();
    view.missing = {};
    if (small_enough_to_sort(bins, items.size())) {
      view.grain = bins.finest();
      gather_by_sorting(items, view);
    } else if (bins.wide && !bins.ordered) {
      view.grain = Grain::fine;
      gather_wide_category(items, view);
    } else {
      view.grain = Grain::coarse;
      together.column[together.count] = features[i];
      together.view[together.count++] = &view;
    }
  }
  if (together.count > 0 && count_rows_) gather_by_tables(items, together, sums_);
  if (together.count > 0 && !count_rows_) gather_by_tables(items, together, weights_);
  return {views_.data(), features.size()};
}

/// Sorting costs about as much an item as passing some bins of a table.
bool Gatherer::small_enough_to_sort(const FeatureBins& bins, std::size_t items) const {
  if (bins.wide) return items <= kSortUpTo;
  return items * 8 < bins.coarse.count;
}

void Gatherer::gather_by_sorting(std::span<const BagItem> items, FeatureView& view) {
  const FeatureBins& bins = binned_.features[view.feature];
  std::int32_t* keys = sorter_.keys(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::uint32_t code = bins.wide ? binned_.fine.row(items[i].pattern)[bins.fine_column]
                                         : binned_.coarse.row(items[i].pattern)[view.feature];
    keys[i] = static_cast<std::int32_t>(code << KeySorter::kPlaceBits | i);
  }
  const std::int32_t* sorted = sorter_.sort();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto code = static_cast<std::uint16_t>(sorted[i] >> KeySorter::kPlaceBits);
    const BagItem& item = items[static_cast<std::size_t>(sorted[i]) % KeySorter::kMostKeys];
    if (view.bins.empty() || view.bins.back().code != code) view.bins.push_back({code, {}});
    take_item(view.bins.back().sums, item);
  }
  if (view.bins.back().code == bins.at(view.grain).count) {
    view.missing = view.bins.back().sums;
    view.bins.pop_back();
  }
}

void Gatherer::gather_wide_category(std::span<const BagItem> items, FeatureView& view) {
  const FeatureBins& bins = binned_.features[view.feature];
  for (const BagItem& item : items) {
    take_item(category_sums_[binned_.fine.row(item.pattern)[bins.fine_column]], item);
  }
  for (std::uint16_t code = 0; code < bins.fine.count; ++code) {
    if (category_sums_[code].weight != 0) view.bins.push_back({code, category_sums_[code]});
    category_sums_[code] = {};
  }
  view.missing = std::exchange(category_sums_[bins.fine.count], {});
}

template <typename Sum>
void Gatherer::gather_by_tables(std::span<const BagItem> items, const Together& together,
                                std::vector<Sum>& tables) {
  switch (together.count) {
    case 1: add_up<1>(items, binned_, together.column, tables.data()); break;
    case 2: add_up<2>(items, binned_, together.column, tables.data()); break;
    case 3: add_up<3>(items, binned_, together.column, tables.data()); break;
    case 4: add_up<4>(items, binned_, together.column, tables.data()); break;
    case 5: add_up<5>(items, binned_, together.column, tables.data()); break;
    default: add_up<kAtOnce>(items, binned_, together.column, tables.data());
  }
  for (std::size_t k = 0; k < together.count; ++k) {
    Sum* first = tables.data() + k * kTable;
    const std::uint16_t count = binned_.features[together.view[k]->feature].coarse.count;
    empty_table(first, first + together.count * kTable, count, *together.view[k]);
  }
}

}  // namespace rarewood
