#pragma once

#include "rarewood/model/model.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// The threshold of best F1 on rows the models did not see.
///
/// Candidates are the distinct calibrated scores, as in scikit-learn's precision_recall_curve; of
/// equal F1 the one that flags fewer rows. The raw threshold lies half way between the lowest
/// flagged and the highest other raw score, so that neither is decided by rounding. "f1" as rule.
/// \param scores  raw scores
/// \throws Error(data) without a positive row
Threshold f1_threshold(const OofScores& scores, const Calibrator& calibrator);

/// The raw score from which on the calibrated probability is at least `probability`.
///
/// Where no score reaches it, nothing is flagged: the largest float32.
/// \throws Error(usage) unless 0 < probability < 1
Threshold fixed_threshold(double probability, const Calibrator& calibrator);

}  // namespace rarewood
