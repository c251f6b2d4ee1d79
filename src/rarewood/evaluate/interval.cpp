#include "rarewood/evaluate/interval.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "rarewood/evaluate/distribution.hpp"
#include "rarewood/evaluate/influence.hpp"
#include "rarewood/evaluate/proportion.hpp"
#include "rarewood/evaluate/ranking.hpp"

namespace rarewood {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// The rows that are judged and what was said of them.
struct Rows {
  const ScoreList& list;
  const Flags& flags;
  const EntryBlocks& blocks;
  ClassTotals totals;
  Confusion confusion;
  bool exact = false;
};

/// A share of rows: which rows are its trials, and which of them are successes, by class (0, 1) and
/// flag.
struct Share {
  double trial[2][2];
  double success[2][2];
};

constexpr Share kPrecision{{{0, 1}, {0, 1}}, {{0, 0}, {0, 1}}};
constexpr Share kRecall{{{0, 0}, {1, 1}}, {{0, 0}, {0, 1}}};
constexpr Share kSpecificity{{{1, 1}, {0, 0}}, {{1, 0}, {0, 0}}};
constexpr Share kAccuracy{{{1, 1}, {1, 1}}, {{1, 0}, {0, 1}}};
/// Of the rows that are positive or flagged those that are both: Jaccard's index.
constexpr Share kJaccard{{{0, 1}, {1, 1}}, {{0, 0}, {0, 1}}};
constexpr Share kPositive{{{1, 1}, {1, 1}}, {{0, 0}, {1, 1}}};
constexpr Share kFlagged{{{1, 1}, {1, 1}}, {{0, 1}, {0, 1}}};

Trials trials_of(const Share& share, const Confusion& confusion) {
  const std::uint64_t rows[2][2] = {{confusion.true_negative, confusion.false_positive},
                                    {confusion.false_negative, confusion.true_positive}};
  Trials trials;
  for (int label : {0, 1}) {
    for (int flag : {0, 1}) {
      trials.n += share.trial[label][flag] * static_cast<double>(rows[label][flag]);
      trials.k += share.success[label][flag] * static_cast<double>(rows[label][flag]);
    }
  }
  return trials;
}

Spread spread_of_share(const Share& share, const Trials& trials, const Rows& rows) {
  const double value = trials.k / trials.n;
  Influence influence{std::vector<double>(rows.list.size()), std::vector<double>(rows.list.size())};
  for (std::size_t i = 0; i < rows.list.size(); ++i) {
    const std::size_t flag = rows.flags[i] != 0 ? 1 : 0;
    influence.of_negative[i] = (share.success[0][flag] - value * share.trial[0][flag]) / trials.n;
    influence.of_positive[i] = (share.success[1][flag] - value * share.trial[1][flag]) / trials.n;
  }
  return spread_of(influence, rows.list, rows.blocks);
}

constexpr double kNotMeasured = 0;
struct Judged {
  Interval interval;
  double design_effect = kNotMeasured;
};

/// Blocks with trials of the share.
std::size_t blocks_on_trial(const Share& share, const Rows& rows) {
  return blocks_with(
      [&](std::size_t entry, bool positive) {
        return share.trial[positive ? 1 : 0][rows.flags[entry] != 0 ? 1 : 0] > 0;
      },
      rows.blocks);
}

Interval interval_of(const Trials& trials, double quantile, bool exact) {
  return exact ? clopper_pearson(trials) : wilson(trials, quantile);
}

/// Rows that come in groups count as fewer: their number over the design effect, if that is
/// above 1, and less where the design effect is itself uncertain. Where it shows nothing, as no row
/// varies or too few blocks have trials, each block is one trial.
/// \source Korn and Graubard 1998 for the exact form
Judged judged_share(const Share& share, const Rows& rows) {
  const Trials trials = trials_of(share, rows.confusion);
  if (rows.blocks.empty() || trials.n == 0) return {interval_of(trials, kNormal95, rows.exact), 1};
  const Spread spread = spread_of_share(share, trials, rows);
  const std::size_t blocks = blocks_on_trial(share, rows);
  const double value = trials.k / trials.n;
  if (spread.variance == 0 || blocks < kFewestBlocks) {
    const double n = std::min(trials.n, static_cast<double>(blocks));
    return {interval_of({n * value, n}, kNormal95, rows.exact), spread.design_effect};
  }
  double n = trials.n / std::max(spread.design_effect, 1.0);
  const double quantile = quantile_of(spread);
  if (rows.exact) {
    const double of_rows = student_t_of_95(std::max(trials.n - 1, 1.0)) / quantile;
    n *= std::min(of_rows * of_rows, 1.0);
  }
  return {interval_of({n * value, n}, quantile, rows.exact), spread.design_effect};
}

/// F1 = 2 J / (1 + J), and J is a share of rows.
Judged judged_f1(const Rows& rows) {
  Judged judged = judged_share(kJaccard, rows);
  for (double* end : {&judged.interval.low, &judged.interval.high}) {
    *end = 2 * *end / (1 + *end);
  }
  return judged;
}

/// Of a function that rises with both shares, from the intervals of the shares: each end is as far
/// off as the two shares take it, squares added.
/// \source Zou and Donner 2008
template <typename Function>
Interval combined(const Function& function, const Judged& recall, const Judged& specificity,
                  const Metrics& at) {
  const double value = function(at.recall, at.specificity);
  const auto end = [&](double one, double other) {
    return std::hypot(function(one, at.specificity) - value, function(at.recall, other) - value);
  };
  return {std::max(0.0, value - end(recall.interval.low, specificity.interval.low)),
          std::min(1.0, value + end(recall.interval.high, specificity.interval.high))};
}

/// On the scale of the log-odds, where a metric near 0 or 1 has a symmetrical distribution.
Interval on_log_odds(double value, const Spread& spread) {
  const double centre = std::log(value / (1 - value));
  const double half = quantile_of(spread) * std::sqrt(spread.variance) / (value * (1 - value));
  return {1 / (1 + std::exp(half - centre)), 1 / (1 + std::exp(-half - centre))};
}

/// What all of n trials leave open: the lower end of the exact interval.
double all_of(std::uint64_t n) { return std::pow(0.025, 1 / static_cast<double>(n)); }

/// Rows, or blocks where there are any, that have rows of either class.
std::uint64_t units(const Rows& rows) {
  if (rows.blocks.empty()) return rows.totals.rows();
  return rows.blocks.blocks();
}

/// All blocks are alike, though their rows are not: no more is known than that many blocks tell of
/// the mean of anything between 0 and 1.
bool all_blocks_alike(const Spread& spread) {
  return spread.variance == 0 && spread.design_effect == 0;
}

Interval of_alike_blocks(double value, double n) { return wilson({value * n, n}); }

/// AUC and average precision. At 1 no row tells how far below 1 the truth may be: then the bound is
/// that of disjoint pairs of rows (of blocks, where there are any), all found in order.
Judged judged_ranking(double value, const Influence& influence, const Rows& rows) {
  const std::uint64_t pairs = disjoint_pairs(rows.list, rows.blocks);
  if (value >= 1) return {{all_of(pairs), 1}, 1};
  if (value <= 0) return {{0, 1 - all_of(pairs)}, 1};
  const Spread spread = spread_of(influence, rows.list, rows.blocks);
  if (all_blocks_alike(spread)) return {of_alike_blocks(value, static_cast<double>(pairs)), 0};
  if (spread.variance == 0) return {{value, value}, 1};  // one score for all
  return {on_log_odds(value, spread), spread.design_effect};
}

bool no_row_varies(double value, const Influence& influence, const ScoreList& list) {
  constexpr double kRounding = 1e-12;
  return std::sqrt(spread_of(influence, list, {}).variance) < kRounding * value;
}

/// A mean of losses of at most `worst`, on the scale of the logarithm. Where all losses are equal,
/// as where there is none, the bounds are those of rows (blocks) of which none was otherwise.
Judged judged_loss(double value, double worst, const Influence& influence, const Rows& rows) {
  constexpr double kNoLoss = 1e-14;
  if (value < kNoLoss || no_row_varies(value, influence, rows.list)) {
    const double same = all_of(units(rows));
    return {{value * same, value + (worst - value) * (1 - same)}, 1};
  }
  const Spread spread = spread_of(influence, rows.list, rows.blocks);
  if (all_blocks_alike(spread)) {
    const Interval share = of_alike_blocks(value / worst, static_cast<double>(units(rows)));
    return {{worst * share.low, worst * share.high}, 0};
  }
  const double factor = std::exp(quantile_of(spread) * std::sqrt(spread.variance) / value);
  return {{value / factor, std::min(worst, value * factor)}, spread.design_effect};
}

/// Those that no exact interval is known of.
std::map<std::string, Judged> judged_by_spread(const Rows& rows, const Metrics& metrics) {
  const auto& list = rows.list;
  return {
      {"auc_roc", judged_ranking(metrics.auc_roc, auc_influence(list), rows)},
      {"average_precision",
       judged_ranking(metrics.average_precision, average_precision_influence(list), rows)},
      {"brier", judged_loss(metrics.brier, 1, brier_influence(list), rows)},
      {"log_loss", judged_loss(metrics.log_loss, log_loss_of(0), log_loss_influence(list), rows)}};
}

std::map<std::string, Judged> judged(const Rows& rows, const Metrics& metrics) {
  std::map<std::string, Judged> all{{"f1_score", judged_f1(rows)},
                                    {"precision", judged_share(kPrecision, rows)},
                                    {"recall", judged_share(kRecall, rows)},
                                    {"specificity", judged_share(kSpecificity, rows)},
                                    {"accuracy", judged_share(kAccuracy, rows)}};
  if (rows.exact) return all;
  const Judged& recall = all["recall"];
  const Judged& specificity = all["specificity"];
  all["geometric_mean"] = {combined(geometric_mean, recall, specificity, metrics), kNotMeasured};
  all["balanced_index"] = {combined(balanced_index, recall, specificity, metrics), kNotMeasured};
  all.merge(judged_by_spread(rows, metrics));
  return all;
}

Rows rows_of(const ScoreList& probabilities, const Flags& flags, const EntryBlocks& blocks) {
  const ClassTotals totals = class_totals(probabilities);
  return {probabilities,
          flags,
          blocks,
          totals,
          confusion_of(probabilities, flags),
          std::min(totals.n0, totals.n1) < kFewestForIntervals};
}

}  // namespace

std::uint64_t disjoint_pairs(const ScoreList& scores, const EntryBlocks& blocks) {
  const ClassTotals totals = class_totals(scores);
  if (blocks.empty()) return std::min(totals.n0, totals.n1);
  return std::min(blocks_with([](std::size_t, bool positive) { return !positive; }, blocks),
                  blocks_with([](std::size_t, bool positive) { return positive; }, blocks));
}

MetricIntervals metric_intervals(const ScoreList& probabilities, const Flags& flags,
                                 const EntryBlocks& blocks) {
  const Rows rows = rows_of(probabilities, flags, blocks);
  MetricIntervals result{{}, {}, rows.exact, few_blocks(rows.blocks)};
  for (const MetricInfo& metric : kMetrics) result.intervals[metric.name] = {kNone, kNone};
  if (result.few_blocks) return result;
  for (const auto& [name, each] : judged(rows, compute_metrics(probabilities, flags))) {
    result.intervals[name] = each.interval;
    if (!blocks.empty() && each.design_effect != kNotMeasured)
      result.design_effects[name] = each.design_effect;
  }
  return result;
}

RateIntervals rate_intervals(const ScoreList& probabilities, const Flags& flags,
                             const EntryBlocks& blocks) {
  const Rows rows = rows_of(probabilities, flags, blocks);
  if (few_blocks(blocks)) return {{kNone, kNone}, {kNone, kNone}};
  return {judged_share(kPositive, rows).interval, judged_share(kFlagged, rows).interval};
}

}  // namespace rarewood
