#pragma once

#include "rarewood/model/model.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// A fitted sigmoid and the piecewise linear map that stands for it.
struct PlattFit {
  Calibrator calibrator;
  double slope = 0;      ///< probability = 1 / (1 + exp(-(slope * log-odds + intercept)))
  double intercept = 0;  ///< logit of the base rate where slope is 0
  double deviation = 0;  ///< largest distance of the map from the sigmoid, at most 1e-4
};

/// The log-odds of a score between 0 and 1 are its logit. Nearer to 0 and 1 than this the logit,
/// which would become infinite, goes on as a straight line.
inline constexpr double kScoreEdge = 1e-3;

/// Learn which probability a raw score stands for.
///
/// Why: a forest grown on resampled or weighted rows ranks well, but its scores are far too high.
/// Targets are smoothed as Platt did, so that perfect separation has a finite answer. Where scores
/// do not rank (all equal, or positives score lower), method is "constant": the base rate for all.
/// \param scores  raw scores in [0, 1], or log-odds as scores.scale() says
/// \throws Error(data) if a class has no row
/// \source Platt 1999, section 2.2; on the logit as in docs/method/evaluation.md
PlattFit fit_platt(const OofScores& scores);

/// Scores that are probabilities already: method "none".
Calibrator identity_calibrator();

/// What a learner itself says: its probabilities, or those that its log-odds stand for. Method
/// "none".
Calibrator uncalibrated(ScoreScale scale);

}  // namespace rarewood
