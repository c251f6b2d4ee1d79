#include "rarewood/evaluate/threshold.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/curve.hpp"
#include "rarewood/evaluate/float_search.hpp"
#include "rarewood/evaluate/score_axis.hpp"
#include "rarewood/evaluate/threshold_cut.hpp"
#include "rarewood/evaluate/threshold_figure.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

/// Neighbours of a cut between calibrated scores: the raw scores just above and just below.
struct Gap {
  float lowest_flagged = std::numeric_limits<float>::max();
  float highest_other = std::numeric_limits<float>::lowest();
};

Gap gap_at(const ScoreList& raw, const Calibrator& calibrator, double cut) {
  Gap gap;
  for (const ScoreCount& entry : raw) {
    if (entry.n0 + entry.n1 == 0) continue;
    const auto score = static_cast<float>(entry.score);
    if (static_cast<double>(calibrated(calibrator, score)) >= cut) {
      gap.lowest_flagged = std::min(gap.lowest_flagged, score);
    } else {
      gap.highest_other = std::max(gap.highest_other, score);
    }
  }
  return gap;
}

ThresholdChoice fixed_choice(const ThresholdRule& rule, const Calibrator& calibrator) {
  ThresholdChoice choice;
  choice.threshold = fixed_threshold(rule.value, calibrator);
  choice.threshold.rule = rule.text;
  return choice;
}

std::string warning_of(const ThresholdRule& rule, const Cut& cut, double figure) {
  if (cut.kept) return "";
  if (rule.kind == ThresholdRule::Kind::precision) {
    return "No threshold reaches a precision of " + shortest(rule.value) +
           " out of fold; the one of the highest precision there, " + fixed(figure, 4) +
           ", was taken. Ask for less, or train on more telling columns.";
  }
  return "The rows of the highest score alone are " + fixed(100 * figure, 2) +
         " % of all, more than --threshold " + rule.text +
         " allows; they were flagged. Take a learner that tells rows better apart.";
}

/// The curve of the calibrated scores.
Curve curve_of(const OofScores& scores, const Calibrator& calibrator, const ThresholdRule& rule) {
  const ScoreList list = calibrated_list(scores.list(), calibrator);
  Curve curve = with_costs(rule, list, make_curve(list));
  if (curve.totals.n1 == 0) {
    throw Error(ErrorKind::data, "A threshold needs positive rows to be chosen on. Use more rows.");
  }
  return curve;
}

/// Above every score; the probability is above 1.
Threshold nobody_threshold() { return {"", nobody_score(), std::numeric_limits<float>::max(), {}}; }

/// The threshold that flags the calibrated scores from `cut` on.
Threshold threshold_at(const OofScores& scores, const Calibrator& calibrator, double cut) {
  const Gap gap = gap_at(scores.list(), calibrator, cut);
  // Every row is flagged: the threshold stays at the lowest score seen.
  const bool all = gap.highest_other == std::numeric_limits<float>::lowest();
  const float half =
      all ? gap.lowest_flagged : gap.highest_other + (gap.lowest_flagged - gap.highest_other) / 2;
  // Where the map is so flat there that the half-way probability is the other side's, take ours.
  float at = calibrated(calibrator, half);
  if (!all && at <= calibrated(calibrator, gap.highest_other)) {
    at = calibrated(calibrator, gap.lowest_flagged);
  }
  const float raw = lowest_float([&](float x) { return calibrated(calibrator, x) >= at; });
  return {"", static_cast<double>(at), raw, {}};
}

Interval plateau_of(const Cut& cut, const Curve& curve) {
  const double high = curve.points[cut.plateau.first].score;
  const double low = curve.points[cut.plateau.last].score;
  if (low < nobody_score()) return {low, high};
  // Whatever lies above the highest score flags nobody.
  const auto highest = static_cast<float>(curve.points[1].score);
  return {static_cast<double>(std::nextafter(highest, 2.0F)), high};
}

/// What the costs say, if it is not shown to be worse than the best; else that of the cut.
Threshold threshold_by(const ThresholdRule& rule, const OofScores& scores,
                       const Calibrator& calibrator, const ThresholdChoice& choice, double cut) {
  if (rule.may_flag_nobody()) {
    const double expected = expected_threshold(rule, choice.best_figure);
    const Interval& among = choice.plateau;
    if (expected >= among.low && expected <= among.high)
      return fixed_threshold(expected, calibrator);
  }
  return cut >= nobody_score() ? nobody_threshold() : threshold_at(scores, calibrator, cut);
}

}  // namespace

ThresholdChoice choose_threshold(const OofScores& scores, const Calibrator& calibrator,
                                 const ThresholdRule& rule) {
  if (rule.kind == ThresholdRule::Kind::fixed) return fixed_choice(rule, calibrator);
  const Curve curve = with_nobody(rule, curve_of(scores, calibrator, rule));
  const Cut cut = cut_by(rule, curve);
  ThresholdChoice choice;
  choice.figure = figure_at(rule, curve.points[cut.point], curve.totals);
  choice.warning = warning_of(rule, cut, choice.figure);
  if (rule.is_best_of_a_figure()) {
    choice.optimum = curve.points[cut.best].score;
    choice.best_figure = figure_at(rule, curve.points[cut.best], curve.totals);
    choice.plateau = plateau_of(cut, curve);
  }
  if (curve.points.front().score >= nobody_score()) {
    choice.everyone = figure_at(rule, curve.points.back(), curve.totals);
    choice.nobody = figure_at(rule, curve.points.front(), curve.totals);
  }
  choice.threshold = threshold_by(rule, scores, calibrator, choice, curve.points[cut.point].score);
  choice.threshold.rule = rule.text;
  return choice;
}

Threshold f1_threshold(const OofScores& scores, const Calibrator& calibrator) {
  const Curve curve = curve_of(scores, calibrator, {});
  Threshold threshold = threshold_at(scores, calibrator, curve.points[best_point({}, curve)].score);
  threshold.rule = "f1";
  return threshold;
}

Threshold fixed_threshold(double probability, const Calibrator& calibrator) {
  if (!(probability > 0 && probability < 1)) {
    throw Error(ErrorKind::usage, "A threshold must lie between 0 and 1, not at " +
                                      shortest(probability) + ". Give f1 or a number such as 0.5.");
  }
  const float raw = lowest_float(
      [&](float x) { return static_cast<double>(calibrated(calibrator, x)) >= probability; });
  return {shortest(probability), probability, raw, {}};
}

}  // namespace rarewood
