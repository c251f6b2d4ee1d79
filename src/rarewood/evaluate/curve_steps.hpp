#pragma once

#include <vector>

#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// What one threshold does to the rows it is judged on.
struct CurveStep {
  double threshold = 0;  ///< predicted positive from this probability on
  double recall = 0;
  double precision = 0;
  double false_positive_rate = 0;
  double f1_score = 0;
};

/// How far threshold, recall or false positive rate have moved from one step to the next, at least.
inline constexpr double kStepApart = 0.04;

/// Some dozens of thresholds from the highest down to the one that flags every row, enough to draw
/// the ROC and the precision-recall curve and F1 by threshold. All of them are attained: nothing is
/// interpolated. Empty where a class is missing.
std::vector<CurveStep> curve_steps(const ScoreList& probabilities);

}  // namespace rarewood
