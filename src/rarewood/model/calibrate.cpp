#include <algorithm>
#include <limits>

#include "rarewood/model/calibration_segment.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {

CalibrationSegment calibration_segment(const Calibrator& map, std::size_t knots_below) {
  if (knots_below == 0) return {map.x.front(), map.y.front(), 0, map.y.front()};
  const std::size_t at = knots_below - 1;
  if (at + 1 == map.x.size()) return {map.x.back(), map.y.back(), 0, map.y.back()};
  const double rise = static_cast<double>(map.y[at + 1]) - static_cast<double>(map.y[at]);
  const double run = static_cast<double>(map.x[at + 1]) - static_cast<double>(map.x[at]);
  const double steepest = static_cast<double>(std::numeric_limits<float>::max());
  return {map.x[at], map.y[at], static_cast<float>(std::min(rise / run, steepest)), map.y[at + 1]};
}

float calibrated(const Calibrator& calibrator, float raw_score) {
  if (calibrator.x.empty()) return raw_score;
  const auto above = std::upper_bound(calibrator.x.begin(), calibrator.x.end(), raw_score);
  const CalibrationSegment segment =
      calibration_segment(calibrator, static_cast<std::size_t>(above - calibrator.x.begin()));
  return std::min(segment.y + segment.slope * (raw_score - segment.x), segment.y_end);
}

}  // namespace rarewood
