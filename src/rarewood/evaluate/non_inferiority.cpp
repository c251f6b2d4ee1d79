#include "rarewood/evaluate/non_inferiority.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/evaluate/interval.hpp"
#include "rarewood/evaluate/proportion.hpp"

namespace rarewood {
namespace {

/// Of the normal distribution: exceeded in one case of five.
constexpr double kNormal80 = 0.8416212335729143;

bool known(const Interval& interval) {
  return std::isfinite(interval.low) && std::isfinite(interval.high);
}

/// Rows for a power of 80 % where both are equally good: the interval shrinks by the root of rows.
std::uint64_t rows_for(double half_width, double margin, double rows) {
  const double way = half_width * (1 + kNormal80 / kNormal95) / margin;
  return static_cast<std::uint64_t>(std::ceil(rows * way * way));
}

/// Rows in which the rarer class is as frequent as intervals need; nothing if it is not there.
std::optional<std::uint64_t> rows_for_intervals(const ClassTotals& totals) {
  const std::uint64_t rarer = std::min(totals.n0, totals.n1);
  if (rarer == 0 || rarer >= kFewestForIntervals) return std::nullopt;
  return (totals.rows() * kFewestForIntervals + rarer - 1) / rarer;
}

/// \param worst, best  ends of the interval as losses: how much worse the challenger is
MarginVerdict verdict_of(double worst, double best, double margin) {
  if (worst < margin) return MarginVerdict::not_worse;
  return best > margin ? MarginVerdict::worse : MarginVerdict::open;
}

MarginTest unjudged(const char* metric, const char* title, double challenger, double champion) {
  return {metric, title, challenger, champion, std::nullopt, MarginVerdict::too_few, std::nullopt};
}

MarginTest with_test(MarginTest made, const DifferenceTest& test, const Pair& pair, double margin) {
  const ClassTotals totals = class_totals(pair.one.probabilities);
  const auto& [low, high] = test.interval;
  if (!known(test.interval)) {
    made.rows_needed = rows_for_intervals(totals);
    return made;
  }
  made.interval = test.interval;
  const bool higher_is_better = made.metric == "auc_roc";
  made.verdict = higher_is_better ? verdict_of(-low, -high, margin) : verdict_of(high, low, margin);
  const double width = (high - low) / 2;
  made.rows_needed = rows_for(width, margin, static_cast<double>(totals.rows()));
  return made;
}

}  // namespace

const char* verdict_word(MarginVerdict verdict) {
  switch (verdict) {
    case MarginVerdict::not_worse: return "not_worse";
    case MarginVerdict::worse: return "worse";
    case MarginVerdict::open: return "open";
    case MarginVerdict::too_few: break;
  }
  return "too_few";
}

std::vector<MarginTest> test_margin(const Pair& pair, double margin) {
  const Metrics one = compute_metrics(pair.one.probabilities, pair.one.flags);
  const Metrics other = compute_metrics(pair.other.probabilities, pair.other.flags);
  return {with_test(unjudged("auc_roc", "AUC", one.auc_roc, other.auc_roc), auc_difference(pair),
                    pair, margin),
          with_test(unjudged("log_loss", "log loss", one.log_loss, other.log_loss),
                    log_loss_difference(pair), pair, margin)};
}

bool MeanCheck::off_by(double tolerance) const {
  if (!interval) return false;
  return interval->low > mean_probability * (1 + tolerance) ||
         interval->high < mean_probability * (1 - tolerance);
}

MeanCheck check_mean(const Said& said, const EntryBlocks& blocks) {
  MeanCheck check;
  double sum = 0;
  for (const ScoreCount& entry : said.probabilities) {
    sum += entry.score * static_cast<double>(entry.n0 + entry.n1);
  }
  const ClassTotals totals = class_totals(said.probabilities);
  check.mean_probability = sum / static_cast<double>(totals.rows());
  check.rate = totals.base_rate();
  const Interval interval = rate_intervals(said.probabilities, said.flags, blocks).positive;
  if (known(interval)) check.interval = interval;
  return check;
}

}  // namespace rarewood
