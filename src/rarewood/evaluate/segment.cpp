#include "rarewood/evaluate/segment.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/influence.hpp"
#include "rarewood/evaluate/interval.hpp"
#include "rarewood/evaluate/proportion.hpp"

namespace rarewood {
namespace {

constexpr double kSignificant = 0.05;

/// The entries of one level, or all others.
Contestant part_of(const Contestant& model, const EntryLevels& levels, std::uint32_t level,
                   bool others) {
  Contestant part{model.name, model.description, model.judged_on, {}, {}, {}};
  for (std::size_t i = 0; i < model.probabilities.size(); ++i) {
    if ((levels.of[i] == level) == others) continue;
    part.probabilities.push_back(model.probabilities[i]);
    part.flags.push_back(model.flags[i]);
    if (!model.blocks.empty()) part.blocks.push_back(model.blocks[i]);
  }
  return part;
}

/// Probability that a normal number is further from 0.
double two_sided(double z) { return std::erfc(std::abs(z) / std::sqrt(2.0)); }

/// An AUC on the log-odds with its variance there.
struct OnLogOdds {
  double value = 0;
  double variance = 0;
};

OnLogOdds auc_on_log_odds(const Contestant& part) {
  const double pairs = static_cast<double>(class_totals(part.probabilities).n0) *
                       static_cast<double>(class_totals(part.probabilities).n1);
  // One half of a pair at least is in and out of order: the log-odds stay finite.
  const double auc = std::clamp(compute_metrics(part.probabilities, part.flags).auc_roc,
                                0.5 / pairs, 1 - 0.5 / pairs);
  const Spread spread =
      spread_of(auc_influence(part.probabilities), part.probabilities, part.blocks);
  const double slope = 1 / (auc * (1 - auc));
  return {std::log(auc / (1 - auc)), spread.variance * slope * slope};
}

double p_of_auc(const Contestant& part, const Contestant& rest) {
  const OnLogOdds one = auc_on_log_odds(part);
  const OnLogOdds other = auc_on_log_odds(rest);
  const double variance = one.variance + other.variance;
  return variance > 0 ? two_sided((one.value - other.value) / std::sqrt(variance)) : 1;
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
  return spread.variance > 0 ? two_sided(sum / rows / std::sqrt(spread.variance)) : 1;
}

Interval share_of(std::uint64_t k, const Segment& segment) {
  const Trials trials{static_cast<double>(k), static_cast<double>(segment.rows)};
  return segment.few ? clopper_pearson(trials) : wilson(trials);
}

Segment judged(const Contestant& part, const std::string& level) {
  const ClassTotals totals = class_totals(part.probabilities);
  const Confusion confusion = confusion_of(part.probabilities, part.flags);
  Segment segment{.level = level, .rows = totals.rows(), .positives = totals.n1};
  segment.flagged = confusion.true_positive + confusion.false_positive;
  segment.few = std::min(totals.n0, totals.n1) < kFewestForIntervals;
  for (const ScoreCount& entry : part.probabilities) {
    segment.mean_probability +=
        entry.score * static_cast<double>(entry.n0 + entry.n1) / static_cast<double>(totals.rows());
  }
  segment.positive_rate = share_of(segment.positives, segment);
  segment.flag_rate = share_of(segment.flagged, segment);
  segment.metrics = metrics_by_name(compute_metrics(part.probabilities, part.flags));
  segment.intervals = metric_intervals(part.probabilities, part.flags, part.blocks).intervals;
  return segment;
}

/// Holm's: the smallest of m chances times m, the next times m - 1, never falling.
void adjust(std::vector<Segment>& segments, double Segment::* chance) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (!segments[i].few) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const double one = segments[a].*chance;
    const double other = segments[b].*chance;
    return one != other ? one < other : a < b;
  });
  double highest = 0;
  for (std::size_t place = 0; place < order.size(); ++place) {
    double& value = segments[order[place]].*chance;
    highest = std::max(highest, std::min(1.0, value * static_cast<double>(order.size() - place)));
    value = highest;
  }
}

std::string ranking_sentence(const Segmentation& segmentation) {
  const Segment* worst = nullptr;
  std::size_t compared = 0;
  for (const Segment& segment : segmentation.segments) {
    if (segment.few) continue;
    ++compared;
    if (worst == nullptr || segment.metrics.at("auc_roc") < worst->metrics.at("auc_roc")) {
      worst = &segment;
    }
  }
  if (compared < 2) return "Too few rows of both classes to compare levels.";
  const std::string figure = worst->level + " (AUC " + fixed(worst->metrics.at("auc_roc"), 3) + ")";
  return worst->p_ranking < kSignificant ? "Ranked worst, beyond chance: " + figure + "."
                                         : "Ranked worst: " + figure + ", which may be chance.";
}

std::string calibration_sentence(const Segmentation& segmentation) {
  std::vector<std::string> off;
  for (const Segment& segment : segmentation.segments) {
    if (segment.few || segment.p_calibration >= kSignificant) continue;
    const double rate = static_cast<double>(segment.positives) / static_cast<double>(segment.rows);
    off.push_back(segment.level + " (" + fixed(100 * segment.mean_probability, 2) +
                  " % predicted, " + fixed(100 * rate, 2) + " % came)");
  }
  if (off.empty()) return "";
  return " Probabilities are off, beyond chance, for " + listed(off) + ".";
}

}  // namespace

Segmentation judge_segments(const Contestant& model, const EntryLevels& levels, bool calibrated) {
  Segmentation segmentation{levels.column, {}, ""};
  for (std::uint32_t level = 0; level < levels.names.size(); ++level) {
    const Contestant part = part_of(model, levels, level, false);
    if (part.probabilities.empty()) continue;
    Segment segment = judged(part, levels.names[level]);
    const Contestant rest = part_of(model, levels, level, true);
    const ClassTotals others = class_totals(rest.probabilities);
    segment.few = segment.few || std::min(others.n0, others.n1) < kFewestForIntervals;
    if (!segment.few) {
      segment.p_ranking = p_of_auc(part, rest);
      if (calibrated) segment.p_calibration = p_of_calibration(part);
    }
    segmentation.segments.push_back(std::move(segment));
  }
  adjust(segmentation.segments, &Segment::p_ranking);
  adjust(segmentation.segments, &Segment::p_calibration);
  segmentation.verdict = ranking_sentence(segmentation) + calibration_sentence(segmentation);
  return segmentation;
}

}  // namespace rarewood
