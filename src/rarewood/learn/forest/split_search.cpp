#include "rarewood/learn/forest/split_search.hpp"

#include <algorithm>

namespace rarewood {

SplitSearch::SplitSearch(const BinnedPatterns& binned, const SplitRules& rules)
    : binned_(binned), rules_(rules) {
  std::size_t widest = 0;
  for (const FeatureBins& bins : binned.features) {
    widest = std::max<std::size_t>(widest, bins.bins);
  }
  table_.resize(widest + 1);
  for (auto& weights : weights_) weights.resize(widest + 1);
}

// A node of few items holds few of the bins: sorting the items is cheaper than scanning all bins.
// Booleans are the other end: two sums stay in registers, where a table would wait for its own
// stores (a third of the fitting time on session tables).
void SplitSearch::gather(std::span<const BagItem> items, const NodeSums& node,
                         std::uint32_t feature) {
  bins_.clear();
  missing_ = NodeSums{};
  const std::uint16_t bins = binned_.features[feature].bins;
  if (bins <= 2) {
    gather_two_bins(items, node, feature);
  } else if (items.size() * 16 < bins) {
    gather_by_sorting(items, feature);
  } else if (rules_.min_samples_leaf > 1) {
    gather_by_table(items, feature);
  } else {
    gather_weights_by_table(items, feature);
  }
}

void SplitSearch::gather_two_bins(std::span<const BagItem> items, const NodeSums& node,
                                  std::uint32_t feature) {
  const std::uint16_t* codes = binned_.column(feature);
  NodeSums second;
  NodeSums third;
  for (const BagItem& item : items) {
    const std::uint16_t code = codes[item.pattern];
    const std::uint64_t in_second = code == 1 ? ~std::uint64_t{0} : 0;
    const std::uint64_t in_third = code == 2 ? ~std::uint64_t{0} : 0;
    second.add({item.weight & in_second, item.rows & in_second});
    third.add({item.weight & in_third, item.rows & in_third});
  }
  NodeSums first{node.weight - second.weight - third.weight, node.rows - second.rows - third.rows};
  const std::uint16_t bins = binned_.features[feature].bins;
  NodeSums* const places[3] = {&first, &second, &third};
  for (std::uint16_t code = 0; code < bins; ++code) {
    if (places[code]->weight != 0) bins_.push_back({code, *places[code]});
  }
  missing_ = *places[bins];
}

void SplitSearch::gather_by_sorting(std::span<const BagItem> items, std::uint32_t feature) {
  const std::uint16_t* codes = binned_.column(feature);
  for (const BagItem& item : items) {
    bins_.push_back({codes[item.pattern], {item.weight, item.rows}});
  }
  std::sort(bins_.begin(), bins_.end(), [](const Bin& a, const Bin& b) { return a.code < b.code; });
  std::size_t last = 0;
  for (std::size_t i = 1; i < bins_.size(); ++i) {
    if (bins_[i].code == bins_[last].code) {
      bins_[last].sums.add(bins_[i].sums);
    } else {
      bins_[++last] = bins_[i];
    }
  }
  bins_.resize(last + 1);
  if (bins_.back().code == binned_.features[feature].bins) {
    missing_ = bins_.back().sums;
    bins_.pop_back();
  }
}

void SplitSearch::gather_by_table(std::span<const BagItem> items, std::uint32_t feature) {
  const std::uint16_t* codes = binned_.column(feature);
  for (const BagItem& item : items) {
    table_[codes[item.pattern]].add({item.weight, item.rows});
  }
  const std::uint16_t bins = binned_.features[feature].bins;
  for (std::uint16_t code = 0; code < bins; ++code) {
    if (table_[code].weight != 0) bins_.push_back({code, table_[code]});
    table_[code] = NodeSums{};
  }
  missing_ = table_[bins];
  table_[bins] = NodeSums{};
}

/// Rows are not counted where no rule asks for them. Two tables take turns, as an addition to the
/// bin that the item before was added to would wait for its store.
void SplitSearch::gather_weights_by_table(std::span<const BagItem> items, std::uint32_t feature) {
  const std::uint16_t* codes = binned_.column(feature);
  std::uint64_t* even = weights_[0].data();
  std::uint64_t* odd = weights_[1].data();
  std::size_t i = 0;
  for (; i + 1 < items.size(); i += 2) {
    even[codes[items[i].pattern]] += items[i].weight;
    odd[codes[items[i + 1].pattern]] += items[i + 1].weight;
  }
  if (i < items.size()) even[codes[items[i].pattern]] += items[i].weight;
  const std::uint16_t bins = binned_.features[feature].bins;
  for (std::uint16_t code = 0; code < bins; ++code) {
    const std::uint64_t weight = even[code] + odd[code];
    if (weight != 0) bins_.push_back({code, {weight, 0}});
    even[code] = 0;
    odd[code] = 0;
  }
  missing_ = {even[bins] + odd[bins], 0};
  even[bins] = 0;
  odd[bins] = 0;
}

/// For two classes the best subset of categories is a prefix of them sorted by rate (Breiman 1984).
void SplitSearch::order_by_rate() {
  std::sort(bins_.begin(), bins_.end(), [](const Bin& a, const Bin& b) {
    const std::uint64_t x = std::uint64_t{a.sums.n1()} * b.sums.n0();
    const std::uint64_t y = std::uint64_t{b.sums.n1()} * a.sums.n0();
    return x != y ? x < y : a.code < b.code;
  });
}

double SplitSearch::children_score(const NodeSums& left, const NodeSums& right) const {
  const double left0 = left.n0() * rules_.class_weight[0];
  const double left1 = left.n1() * rules_.class_weight[1];
  const double right0 = right.n0() * rules_.class_weight[0];
  const double right1 = right.n1() * rules_.class_weight[1];
  return (left0 * left0 + left1 * left1) / (left0 + left1) +
         (right0 * right0 + right1 * right1) / (right0 + right1);
}

void SplitSearch::take(const Cut& cut, double score, SplitChoice& best) const {
  best.score = score;
  best.feature = cut.feature;
  best.missing_seen = missing_.weight != 0;
  best.missing_left = cut.missing_left;
  best.left_codes.clear();
  best.left_bin = bins_[cut.last_left].code;
  best.right_bin = cut.last_left + 1 < bins_.size() ? bins_[cut.last_left + 1].code
                                                    : binned_.features[cut.feature].bins;
  if (cut.ordered) return;
  for (std::size_t i = 0; i <= cut.last_left; ++i) best.left_codes.push_back(bins_[i].code);
  std::sort(best.left_codes.begin(), best.left_codes.end());
}

void SplitSearch::scan(const NodeSums& node, std::uint32_t feature, bool ordered,
                       SplitChoice& best) {
  NodeSums left;
  const auto judge = [&](std::size_t last_left, bool missing_left) {
    NodeSums with = left;
    if (missing_left) with.add(missing_);
    const NodeSums rest{node.weight - with.weight, node.rows - with.rows};
    const bool leaf_rule = rules_.min_samples_leaf > 1;  // else rows are not counted
    if (leaf_rule && std::min(with.rows, rest.rows) < rules_.min_samples_leaf) return;
    const double score = children_score(with, rest);
    if (score > best.score) take({feature, ordered, last_left, missing_left}, score, best);
  };
  for (std::size_t i = 0; i + 1 < bins_.size(); ++i) {
    left.add(bins_[i].sums);
    judge(i, false);
    if (missing_.weight != 0) judge(i, true);
  }
  if (missing_.weight != 0) {  // all values here, missing there
    left.add(bins_.back().sums);
    judge(bins_.size() - 1, false);
  }
}

bool SplitSearch::consider(std::span<const BagItem> items, const NodeSums& node,
                           std::uint32_t feature, SplitChoice& best) {
  gather(items, node, feature);
  if (bins_.size() + (missing_.weight != 0 ? 1 : 0) < 2) return false;
  const bool ordered = binned_.features[feature].ordered;
  if (!ordered) order_by_rate();
  scan(node, feature, ordered, best);
  return true;
}

}  // namespace rarewood
