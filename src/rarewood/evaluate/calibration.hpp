#pragma once

#include <array>
#include <string>

#include "rarewood/evaluate/score_axis.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/pattern/cells.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// Ways to learn probabilities, the simplest first.
inline constexpr std::array<const char*, 4> kCalibrations{"none", "platt", "beta", "isotonic"};

/// The map of a method. One that cannot be had falls back on a simpler one, which the map's own
/// method names: isotonic without two blocks on platt, any on "constant" where scores do not rank.
/// \param method  of kCalibrations
/// \throws Error(data) if a class has no row
Calibrator fit_calibrator(const OofScores& scores, const std::string& method);

/// A fitted sigmoid and the piecewise linear map that stands for it.
struct PlattFit {
  Calibrator calibrator;
  double slope = 0;      ///< probability = 1 / (1 + exp(-(slope * log-odds + intercept)))
  double intercept = 0;  ///< logit of the base rate where slope is 0
  double deviation = 0;  ///< largest distance of the map from the sigmoid, at most 1e-4
};

/// Learn which probability a raw score stands for.
///
/// Why: a forest grown on resampled or weighted rows ranks well, but its scores are far too high.
/// Targets are smoothed as Platt did, so that perfect separation has a finite answer. Where scores
/// do not rank (all equal, or positives score lower), method is "constant": the base rate for all.
/// \param scores  raw scores in [0, 1], or log-odds as scores.scale() says
/// \throws Error(data) if a class has no row
/// \source Platt 1999, section 2.2; on the logit as in docs/method/evaluation.md
PlattFit fit_platt(const OofScores& scores);

/// A fitted beta map: log-odds = a * log(score) - b * log(1 - score) + c.
struct BetaFit {
  Calibrator calibrator;
  double a = 0;
  double b = 0;
  double c = 0;
  double deviation = 0;  ///< as of PlattFit
};

/// A family that can be steeper on one side than on the other, and holds the map that changes
/// nothing. a and b are kept from below 0, so that order is kept; targets are smoothed as Platt's.
/// \param scores  log-odds stand for the score whose log-odds they are
/// \throws Error(data) if a class has no row
/// \source Kull, Silva Filho and Flach 2017, "Beyond sigmoids"
BetaFit fit_beta(const OofScores& scores);

/// Scores that are probabilities already: method "none".
Calibrator identity_calibrator();

/// What a learner itself says: its probabilities, or those that its log-odds stand for. Method
/// "none".
Calibrator uncalibrated(ScoreScale scale);

/// The base rate for every score: method "constant".
Calibrator constant_calibrator(const ClassTotals& totals);

}  // namespace rarewood
