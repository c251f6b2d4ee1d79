#pragma once

#include <functional>

#include "rarewood/model/model.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// A calibration curve: log-odds by raw score, continuous and rising.
struct RisingCurve {
  std::function<double(double score)> log_odds;
  ScoreScale scale = ScoreScale::probability;

  double at(double score) const;  ///< probability
};

/// The piecewise linear map that stands for a curve.
struct DrawnCurve {
  Calibrator map;
  double deviation = 0;  ///< largest distance from the curve, at most 1e-4
};

/// Straight lines for a curve: twice as many knots until they are nowhere further from it than
/// 0.0001, and 1 % of the probability of the rarer outcome (or what float32 can tell from none).
DrawnCurve drawn_curve(const RisingCurve& curve, const std::string& method);

}  // namespace rarewood
