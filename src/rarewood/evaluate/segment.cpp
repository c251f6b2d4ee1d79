#include "rarewood/evaluate/segment.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/parallel.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/distribution.hpp"
#include "rarewood/evaluate/holm.hpp"
#include "rarewood/evaluate/influence.hpp"
#include "rarewood/evaluate/interval.hpp"

namespace rarewood {
namespace {

constexpr double kSignificant = 0.05;

/// The AUC of one level, or the mean of several.
struct RankingOf {
  double auc = 0;
  double variance = 0;
  double freedom = 1;  ///< degrees, of Student's distribution
  double weight = 0;
};

double log_odds(double share) { return std::log(share / (1 - share)); }

/// d log-odds / d share
double slope_at(double share) { return 1 / (share * (1 - share)); }

/// Of n disjoint pairs, all in order: the middle of what they leave open, and a spread that reaches
/// its end, both on the log-odds.
RankingOf perfect(double n) {
  const double middle = std::pow(0.5, 1 / n);
  const double error =
      (log_odds(middle) - log_odds(std::pow(0.025, 1 / n))) / student_t_of_95(n) / slope_at(middle);
  return {middle, error * error, n, 0};
}

RankingOf ranking_of(const Contestant& part) {
  const ClassTotals totals = class_totals(part.probabilities);
  const auto n0 = static_cast<double>(totals.n0);
  const auto n1 = static_cast<double>(totals.n1);
  const auto pairs = static_cast<double>(disjoint_pairs(part.probabilities, part.blocks));
  RankingOf ranking{compute_metrics(part.probabilities, part.flags).auc_roc, 0, pairs, 0};
  const Spread spread =
      spread_of(auc_influence(part.probabilities), part.probabilities, part.blocks);
  if (ranking.auc >= 1 || ranking.auc <= 0) {
    const bool backwards = ranking.auc <= 0;
    ranking = perfect(pairs);
    if (backwards) ranking.auc = 1 - ranking.auc;
  } else if (spread.design_effect == 0) {
    ranking.variance = ranking.auc * (1 - ranking.auc) / pairs;  // blocks that are all alike
  } else {
    ranking.variance = spread.variance;
    ranking.freedom = freedom_of(spread);
  }
  ranking.weight = n0 * n1 / (n0 + n1);
  return ranking;
}

/// Degrees of freedom of a sum of variances. \source Satterthwaite 1946
struct Freedom {
  double sum = 0;
  double squares = 0;

  void add(double variance, double freedom) {
    sum += variance;
    squares += variance * variance / freedom;
  }
  double value() const { return sum * sum / squares; }
};

/// What the model reaches within levels, on average; not across them.
RankingOf mean_without(const std::vector<RankingOf>& levels, std::size_t without) {
  RankingOf mean;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    if (i != without) mean.weight += levels[i].weight;
  }
  Freedom freedom;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const double share = levels[i].weight / mean.weight;
    if (i == without || share == 0) continue;
    mean.auc += share * levels[i].auc;
    freedom.add(share * share * levels[i].variance, levels[i].freedom);
  }
  mean.variance = freedom.sum;
  if (mean.variance > 0) mean.freedom = freedom.value();
  return mean;
}

/// Chance that equal levels look as if `one` ranked so much worse.
double p_of_worse(const RankingOf& one, const RankingOf& others) {
  Freedom freedom;
  for (const RankingOf* each : {&one, &others}) {
    const double slope = slope_at(each->auc);
    freedom.add(each->variance * slope * slope, each->freedom);
  }
  if (freedom.sum <= 0) return 1;
  const double less = log_odds(others.auc) - log_odds(one.auc);
  return student_t_above(less / std::sqrt(freedom.sum), freedom.value());
}

/// Class less probability of each row: 0 on average where probabilities are right.
double p_of_calibration(const Contestant& part) {
  std::vector<double> of_negative;
  std::vector<double> of_positive;
  double sum = 0;
  for (const ScoreCount& entry : part.probabilities) {
    of_negative.push_back(-entry.score);
    of_positive.push_back(1 - entry.score);
    sum += static_cast<double>(entry.n1) - entry.score * static_cast<double>(entry.n0 + entry.n1);
  }
  const auto rows = static_cast<double>(class_totals(part.probabilities).rows());
  const Spread spread = spread_of(mean_influence(part.probabilities, of_negative, of_positive),
                                  part.probabilities, part.blocks);
  if (spread.variance <= 0) return 1;
  return 2 * student_t_above(std::abs(sum) / rows / std::sqrt(spread.variance), freedom_of(spread));
}

Segment judged(const Contestant& part, const std::string& level) {
  const ClassTotals totals = class_totals(part.probabilities);
  const Confusion confusion = confusion_of(part.probabilities, part.flags);
  Segment segment{.level = level, .rows = totals.rows(), .positives = totals.n1};
  segment.flagged = confusion.true_positive + confusion.false_positive;
  for (const ScoreCount& entry : part.probabilities) {
    segment.mean_probability +=
        entry.score * static_cast<double>(entry.n0 + entry.n1) / static_cast<double>(totals.rows());
  }
  const RateIntervals rates = rate_intervals(part.probabilities, part.flags, part.blocks);
  segment.positive_rate = rates.positive;
  segment.flag_rate = rates.flagged;
  segment.metrics = metrics_by_name(compute_metrics(part.probabilities, part.flags));
  MetricIntervals intervals = metric_intervals(part.probabilities, part.flags, part.blocks);
  segment.few = intervals.exact;
  segment.few_groups = intervals.few_blocks;
  segment.intervals = std::move(intervals.intervals);
  return segment;
}

bool testable(const Segment& segment) {
  return segment.rows > 0 && !segment.few && !segment.few_groups;
}

/// Every level with every other; a level alone is not compared.
void compare_rankings(const std::vector<RankingOf>& rankings, std::vector<Segment>& segments) {
  if (std::count_if(segments.begin(), segments.end(), testable) < 2) return;
  std::vector<double*> chances;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!testable(segments[i])) continue;
    segments[i].compared = true;
    if (segments[i].metrics.at("auc_roc") < 1) {  // nothing ranks better than that
      segments[i].p_ranking = p_of_worse(rankings[i], mean_without(rankings, i));
    }
    chances.push_back(&segments[i].p_ranking);
  }
  adjust_by_holm(std::move(chances));
}

void adjust_calibration(std::vector<Segment>& segments) {
  std::vector<double*> chances;
  for (Segment& segment : segments) {
    if (testable(segment)) chances.push_back(&segment.p_calibration);
  }
  adjust_by_holm(std::move(chances));
}

/// The lowest AUC, of those that are compared or only those beyond chance; null if none.
const Segment* worst_of(const std::vector<Segment>& segments, double chance) {
  const Segment* worst = nullptr;
  for (const Segment& segment : segments) {
    if (!segment.compared || segment.p_ranking > chance) continue;
    if (worst == nullptr || segment.metrics.at("auc_roc") < worst->metrics.at("auc_roc")) {
      worst = &segment;
    }
  }
  return worst;
}

std::string named(const Segment& segment) {
  return segment.level + " (AUC " + fixed(segment.metrics.at("auc_roc"), 3) + ")";
}

std::string ranking_sentence(const std::vector<Segment>& segments) {
  const Segment* worst = worst_of(segments, 1);
  if (worst == nullptr) {
    const bool groups = std::any_of(segments.begin(), segments.end(),
                                    [](const Segment& each) { return each.few_groups; });
    return groups ? "Too few groups to compare levels."
                  : "Too few rows of both classes to compare levels.";
  }
  const Segment* shown = worst_of(segments, kSignificant);
  if (shown == nullptr) return "Ranked worst: " + named(*worst) + ", which may be chance.";
  if (shown == worst) return "Ranked worst, beyond chance: " + named(*worst) + ".";
  return "Ranked worse than the other levels, beyond chance: " + named(*shown) + ".";
}

std::string calibration_sentence(const std::vector<Segment>& segments) {
  std::vector<std::string> off;
  for (const Segment& segment : segments) {
    if (segment.p_calibration >= kSignificant) continue;
    const double rate = static_cast<double>(segment.positives) / static_cast<double>(segment.rows);
    off.push_back(segment.level + " (" + fixed(100 * segment.mean_probability, 2) +
                  " % predicted, " + fixed(100 * rate, 2) + " % came)");
  }
  if (off.empty()) return "";
  return " Probabilities are off, beyond chance, for " + listed(off) + ".";
}

}  // namespace

Segmentation judge_segments(const Contestant& model, const EntryLevels& levels, bool calibrated,
                            const Control& control) {
  const std::vector<Contestant> parts = split_by_level(model, levels.of, levels.names.size());
  std::vector<Segment> segments(parts.size());
  std::vector<RankingOf> rankings(parts.size());
  parallel_for(control, parts.size(), [&](std::size_t level) {
    if (parts[level].probabilities.empty()) return;
    Segment& segment = segments[level];
    segment = judged(parts[level], levels.names[level]);
    if (!testable(segment)) return;
    rankings[level] = ranking_of(parts[level]);
    if (calibrated) segment.p_calibration = p_of_calibration(parts[level]);
  });
  compare_rankings(rankings, segments);
  adjust_calibration(segments);
  std::erase_if(segments, [](const Segment& segment) { return segment.rows == 0; });
  return {levels.column, segments, ranking_sentence(segments) + calibration_sentence(segments)};
}

}  // namespace rarewood
