#include "rarewood/evaluate/paired.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rarewood/evaluate/influence.hpp"
#include "rarewood/evaluate/interval.hpp"

namespace rarewood {
namespace {

constexpr Interval kNoInterval{std::numeric_limits<double>::quiet_NaN(),
                               std::numeric_limits<double>::quiet_NaN()};

/// A difference without any spread, as where all blocks are alike, is not thereby certain.
Interval around(double difference, const Spread& spread) {
  if (spread.variance == 0) return difference == 0 ? Interval{0, 0} : kNoInterval;
  const double half = quantile_of(spread) * std::sqrt(spread.variance);
  return {difference - half, difference + half};
}

/// Of metrics that lie between 0 and 1.
Interval of_shares(const Interval& interval) {
  return {std::clamp(interval.low, -1.0, 1.0), std::clamp(interval.high, -1.0, 1.0)};
}

bool has_too_few(const Pair& pair) {
  const ClassTotals totals = class_totals(pair.one.probabilities);
  return std::min(totals.n0, totals.n1) < kFewestForIntervals;
}

Interval by_spread(const Pair& pair, double Metrics::* metric,
                   Influence (*influence)(const ScoreList& scores)) {
  if (has_too_few(pair)) return kNoInterval;
  const ScoreList& one = pair.one.probabilities;
  const ScoreList& other = pair.other.probabilities;
  const double difference = compute_metrics(one, pair.one.flags).*metric -
                            compute_metrics(other, pair.other.flags).*metric;
  return around(difference,
                spread_of(difference_of(influence(one), influence(other)), one, pair.blocks));
}

/// What a row moves F1 by depends on its class and flag alone.
double moved(const Confusion& confusion, bool positive, bool flagged) {
  const double f1 = f1_score(confusion);
  const auto rows = static_cast<double>(2 * confusion.true_positive + confusion.false_positive +
                                        confusion.false_negative);
  if (!positive) return flagged ? -f1 / rows : 0;
  return (flagged ? 2 - 2 * f1 : -f1) / rows;
}

}  // namespace

Interval auc_difference(const Pair& pair) {
  return of_shares(by_spread(pair, &Metrics::auc_roc, auc_influence));
}

Interval average_precision_difference(const Pair& pair) {
  return of_shares(by_spread(pair, &Metrics::average_precision, average_precision_influence));
}

Interval log_loss_difference(const Pair& pair) {
  return by_spread(pair, &Metrics::log_loss, log_loss_influence);
}

Interval f1_difference(const Pair& pair) {
  if (has_too_few(pair)) return kNoInterval;
  const ScoreList& rows = pair.one.probabilities;
  const Confusion one = confusion_of(rows, pair.one.flags);
  const Confusion other = confusion_of(rows, pair.other.flags);
  const Influence influence =
      difference_of(f1_influence(rows, pair.one.flags), f1_influence(rows, pair.other.flags));
  Spread spread = spread_of(influence, rows, pair.blocks);
  constexpr double kHalfARow = 0.5;
  for (const bool positive : {false, true}) {
    for (const bool flagged : {false, true}) {
      const double way = moved(one, positive, flagged) - moved(other, positive, !flagged);
      spread.variance += kHalfARow * way * way;
    }
  }
  // As many rows as differ, and those added.
  spread.effective += 4 * kHalfARow;
  return of_shares(around(f1_score(one) - f1_score(other), spread));
}

}  // namespace rarewood
