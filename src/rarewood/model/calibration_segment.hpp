#pragma once

#include <cstddef>

#include "rarewood/model/model.hpp"

namespace rarewood {

/// A calibrator between two knots, or beyond the outer ones, as every scorer evaluates it:
/// min(y + slope * (score - x), y_end), in float32.
///
/// The minimum keeps the map non-decreasing where the product rounds up past the next knot.
struct CalibrationSegment {
  float x = 0;
  float y = 0;
  float slope = 0;
  float y_end = 0;
};

/// \param knots_below  how many knots are <= the score: 0 .. number of knots
CalibrationSegment calibration_segment(const Calibrator& map, std::size_t knots_below);

}  // namespace rarewood
