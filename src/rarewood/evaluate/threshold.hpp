#pragma once

#include <limits>

#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/evaluate/threshold_rule.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// A threshold and what is known of the choice, all of it on rows the models did not see.
struct ThresholdChoice {
  Threshold threshold;
  /// The rule's figure at the threshold; NaN of a fixed number.
  double figure = std::numeric_limits<double>::quiet_NaN();
  /// The very best of the figure: probability from which on it flags. NaN for rules that do not
  /// seek the best of a figure.
  double optimum = std::numeric_limits<double>::quiet_NaN();
  double best_figure = std::numeric_limits<double>::quiet_NaN();
  /// From the lowest to the highest threshold whose figure is not shown to be worse than the best;
  /// NaN as before.
  Interval plateau{std::numeric_limits<double>::quiet_NaN(),
                   std::numeric_limits<double>::quiet_NaN()};
  /// The figure where everyone and where nobody is flagged; NaN unless that is a candidate.
  double everyone = std::numeric_limits<double>::quiet_NaN();
  double nobody = std::numeric_limits<double>::quiet_NaN();
  std::string warning;  ///< why the rule could not be kept; "" if it was
};

/// Two paired standard errors: what is further behind the best is shown to be worse.
inline constexpr double kPlateauErrors = 2;

/// The threshold by a rule, on rows the models did not see.
///
/// Candidates are the distinct calibrated scores, as in scikit-learn's precision_recall_curve. The
/// very best place of a figure is mostly noise: of all that are not shown to be worse that is taken
/// where right probabilities have the best, or else the middle (docs/decision/threshold.md). The
/// raw threshold lies half way between the lowest flagged and the highest other raw score, so that
/// neither is decided by rounding. What the costs say stays as it is where it is not shown to be
/// worse, and flagging nobody is a candidate of cost and net benefit: a threshold above every
/// score. A precision that no threshold reaches: the one of highest
/// precision, and a warning.
/// \param scores  raw scores
/// \param rule    not per_day, which with_rows_per_day() turns into a share
/// \throws Error(data) without a positive row
ThresholdChoice choose_threshold(const OofScores& scores, const Calibrator& calibrator,
                                 const ThresholdRule& rule);

/// The threshold of the very best F1, of equal ones the one that flags fewer rows.
Threshold f1_threshold(const OofScores& scores, const Calibrator& calibrator);

/// The raw score from which on the calibrated probability is at least `probability`.
///
/// Where no score reaches it, nothing is flagged: the largest float32.
/// \throws Error(usage) unless 0 < probability < 1
Threshold fixed_threshold(double probability, const Calibrator& calibrator);

}  // namespace rarewood
