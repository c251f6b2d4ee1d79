#include "rarewood/evaluate/paired.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rarewood/evaluate/distribution.hpp"
#include "rarewood/evaluate/influence.hpp"
#include "rarewood/evaluate/interval.hpp"
#include "rarewood/evaluate/threshold_figure.hpp"

namespace rarewood {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
constexpr DifferenceTest kNoTest{{kUnknown, kUnknown}, kUnknown};

/// A difference without any spread, as where all blocks are alike, is not thereby certain.
DifferenceTest around(double difference, const Spread& spread) {
  if (spread.variance == 0) return difference == 0 ? DifferenceTest{{0, 0}, 1} : kNoTest;
  const double error = std::sqrt(spread.variance);
  const double half = quantile_of(spread) * error;
  return {{difference - half, difference + half},
          2 * student_t_above(std::abs(difference) / error, freedom_of(spread))};
}

/// Of metrics that lie between 0 and 1.
DifferenceTest of_shares(const DifferenceTest& test) {
  const auto& [low, high] = test.interval;
  return {{std::clamp(low, -1.0, 1.0), std::clamp(high, -1.0, 1.0)}, test.chance};
}

bool has_too_few(const Pair& pair) {
  const ClassTotals totals = class_totals(pair.one.probabilities);
  return std::min(totals.n0, totals.n1) < kFewestForIntervals;
}

DifferenceTest by_spread(const Pair& pair, double Metrics::* metric,
                         Influence (*influence)(const ScoreList& scores)) {
  if (has_too_few(pair)) return kNoTest;
  const ScoreList& one = pair.one.probabilities;
  const ScoreList& other = pair.other.probabilities;
  const double difference = compute_metrics(one, pair.one.flags).*metric -
                            compute_metrics(other, pair.other.flags).*metric;
  return around(difference,
                spread_of(difference_of(influence(one), influence(other)), one, pair.blocks));
}

/// What one more row moves a figure by.
class Mover {
 public:
  Mover(const ThresholdRule& rule, const Said& said)
      : rule_(rule), sums_(sums_of(rule, said.probabilities, said.flags)) {}

  double figure() const { return sums_.ratio(); }

  double moved(bool positive, bool flagged, double own_cost) const {
    if (!(sums_.whole > 0)) return 0;
    const RatioTerms row = terms_of(rule_, {positive, flagged, own_cost});
    return (row.part - figure() * row.whole) / sums_.whole;
  }

  Influence influence(const Said& said) const {
    Influence result;
    for (std::size_t i = 0; i < said.flags.size(); ++i) {
      const double cost = said.probabilities[i].cost;
      result.of_negative.push_back(moved(false, said.flags[i] != 0, cost));
      result.of_positive.push_back(moved(true, said.flags[i] != 0, cost));
    }
    return result;
  }

 private:
  const ThresholdRule& rule_;
  RatioTerms sums_;
};

/// Of the rows of a class.
double mean_cost(const ScoreList& list, std::uint64_t ScoreCount::* rows) {
  double sum = 0;
  double all = 0;
  for (const ScoreCount& entry : list) {
    sum += static_cast<double>(entry.*rows) * entry.cost;
    all += static_cast<double>(entry.*rows);
  }
  return sum / all;
}

}  // namespace

DifferenceTest auc_difference(const Pair& pair) {
  return of_shares(by_spread(pair, &Metrics::auc_roc, auc_influence));
}

DifferenceTest average_precision_difference(const Pair& pair) {
  return of_shares(by_spread(pair, &Metrics::average_precision, average_precision_influence));
}

DifferenceTest log_loss_difference(const Pair& pair) {
  return by_spread(pair, &Metrics::log_loss, log_loss_influence);
}

DifferenceTest figure_difference(const ThresholdRule& rule, const Pair& pair) {
  if (has_too_few(pair)) return kNoTest;
  const ScoreList& rows = pair.one.probabilities;
  const Mover one(rule, pair.one);
  const Mover other(rule, pair.other);
  const Influence influence = difference_of(one.influence(pair.one), other.influence(pair.other));
  Spread spread = spread_of(influence, rows, pair.blocks);
  constexpr double kHalfARow = 0.5;
  for (const bool positive : {false, true}) {
    const double cost = mean_cost(rows, positive ? &ScoreCount::n1 : &ScoreCount::n0);
    for (const bool flagged : {false, true}) {
      const double way = one.moved(positive, flagged, cost) - other.moved(positive, !flagged, cost);
      spread.variance += kHalfARow * way * way;
    }
  }
  // As many rows as differ, and those added.
  spread.effective += 4 * kHalfARow;
  const DifferenceTest test = around(one.figure() - other.figure(), spread);
  return rule.may_flag_nobody() ? test : of_shares(test);
}

Interval figure_range(const ThresholdRule& rule, const Said& said, const EntryBlocks& blocks) {
  if (has_too_few({said, said, blocks})) return kNoTest.interval;
  const Mover mover(rule, said);
  return around(mover.figure(), spread_of(mover.influence(said), said.probabilities, blocks))
      .interval;
}

}  // namespace rarewood
