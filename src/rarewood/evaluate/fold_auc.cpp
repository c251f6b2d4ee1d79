#include "rarewood/evaluate/fold_auc.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <numeric>

#include "rarewood/evaluate/interval.hpp"
#include "rarewood/evaluate/proportion.hpp"

namespace rarewood {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// The entries of each fold, in order.
std::map<std::uint32_t, std::vector<std::size_t>> entries_by_fold(
    std::span<const std::uint32_t> fold) {
  std::map<std::uint32_t, std::vector<std::size_t>> entries;
  for (std::size_t i = 0; i < fold.size(); ++i) entries[fold[i]].push_back(i);
  return entries;
}

double pairs_of(const ScoreList& scores) {
  std::uint64_t n0 = 0;
  std::uint64_t n1 = 0;
  for (const ScoreCount& entry : scores) {
    n0 += entry.n0;
    n1 += entry.n1;
  }
  return static_cast<double>(n0) * static_cast<double>(n1);
}

bool has_several(std::span<const std::uint32_t> fold) {
  return std::ranges::adjacent_find(fold, std::not_equal_to<>()) != fold.end();
}

/// What all of n rows being right leaves open: the lower end of the exact interval.
double all_of(double n) { return std::pow(0.025, 1 / n); }

}  // namespace

FoldAuc::FoldAuc(std::span<const double> score, std::span<const std::uint32_t> fold)
    : order_(score.size()) {
  std::iota(order_.begin(), order_.end(), 0U);
  std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    if (fold[a] != fold[b]) return fold[a] < fold[b];
    return score[a] != score[b] ? score[a] > score[b] : a < b;
  });
  for (std::size_t i = 0; i < order_.size(); ++i) {
    const bool last = i + 1 == order_.size();
    const bool fold_ends = last || fold[order_[i]] != fold[order_[i + 1]];
    if (fold_ends || score[order_[i]] != score[order_[i + 1]]) ties_.push_back({i + 1, fold_ends});
  }
}

double FoldAuc::value(std::span<const std::uint32_t> n0, std::span<const std::uint32_t> n1) const {
  std::uint64_t halves = 0;  // twice the pairs in order; a tie counts one
  std::uint64_t pairs = 0;
  std::uint64_t above0 = 0;
  std::uint64_t above1 = 0;
  std::size_t place = 0;
  for (const Tie& tie : ties_) {
    std::uint64_t here0 = 0;
    std::uint64_t here1 = 0;
    for (; place < tie.end; ++place) {
      here0 += n0[order_[place]];
      here1 += n1[order_[place]];
    }
    halves += here0 * (2 * above1 + here1);
    above0 += here0;
    above1 += here1;
    if (!tie.last_of_fold) continue;
    pairs += above0 * above1;
    above0 = above1 = 0;
  }
  return pairs == 0 ? kNone : static_cast<double>(halves) / (2 * static_cast<double>(pairs));
}

Influence fold_auc_influence(const ScoreList& scores, std::span<const std::uint32_t> fold) {
  Influence all{std::vector<double>(scores.size()), std::vector<double>(scores.size())};
  double pairs = 0;
  for (const auto& [k, entries] : entries_by_fold(fold)) {
    ScoreList of_fold;
    for (const std::size_t i : entries) of_fold.push_back(scores[i]);
    const double pairs_here = pairs_of(of_fold);
    if (pairs_here == 0) continue;
    pairs += pairs_here;
    const Influence here = auc_influence(of_fold);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      all.of_negative[entries[i]] = pairs_here * here.of_negative[i];
      all.of_positive[entries[i]] = pairs_here * here.of_positive[i];
    }
  }
  if (pairs == 0) return all;
  for (auto* values : {&all.of_negative, &all.of_positive}) {
    for (double& value : *values) value /= pairs;
  }
  return all;
}

Interval fold_auc_interval(double auc, const ScoreList& scores, std::span<const std::uint32_t> fold,
                           const EntryBlocks& blocks) {
  if (!std::isfinite(auc)) return {kNone, kNone};
  if (auc >= 1) return {all_of(static_cast<double>(disjoint_pairs(scores, blocks))), 1};
  if (auc <= 0) return {0, 1 - all_of(static_cast<double>(disjoint_pairs(scores, blocks)))};
  const Spread spread = spread_of(fold_auc_influence(scores, fold), scores, blocks);
  if (spread.design_effect == 0) {  // blocks that are all alike do not make the AUC certain
    const auto pairs = static_cast<double>(disjoint_pairs(scores, blocks));
    return wilson({auc * pairs, pairs});
  }
  if (spread.variance == 0) return {auc, auc};  // one score in every fold
  const double centre = std::log(auc / (1 - auc));
  double half = quantile_of(spread) * std::sqrt(spread.variance) / (auc * (1 - auc));
  // Of models that know nothing the variance is twice that of the rows: see the header.
  const double doubled = std::sqrt(2.0) * half;
  if (has_several(fold) && std::abs(centre) <= doubled) half = doubled;
  return {1 / (1 + std::exp(half - centre)), 1 / (1 + std::exp(-half - centre))};
}

}  // namespace rarewood
