#include "rarewood/evaluate/curve_map.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "rarewood/evaluate/float_search.hpp"
#include "rarewood/evaluate/score_axis.hpp"

namespace rarewood {
namespace {

/// From -1 to 1 in equal steps.
std::vector<double> steps_of(std::size_t knots) {
  std::vector<double> steps;
  for (std::size_t i = 0; i < knots; ++i) {
    steps.push_back(2 * static_cast<double>(i) / static_cast<double>(knots - 1) - 1);
  }
  return steps;
}

/// Log-odds as far as a probability tells 2^32 rows apart, or float32 from 0 and 1.
double farthest(ScoreScale scale) { return scale == ScoreScale::log_odds ? 24 : 16; }

/// Scores at which the curve rises by equal steps.
std::vector<float> rising_places(const RisingCurve& curve, const std::vector<double>& steps) {
  std::vector<float> places;
  for (const double step : steps) {
    const double wanted = farthest(curve.scale) * step;
    const float place =
        lowest_float([&](float x) { return curve.log_odds(static_cast<double>(x)) >= wanted; });
    if (std::abs(place) < std::numeric_limits<float>::max()) places.push_back(place);
  }
  return places;
}

/// Scores with ends lie evenly between these, on the axis of log-odds. Log-odds have none; where
/// the curve levels out before it has come far, all that happens to it happens between +-64.
std::vector<float> even_places(ScoreScale scale, const std::vector<double>& steps) {
  const double end = scale == ScoreScale::log_odds ? 64 : log_odds_of(1, scale);
  std::vector<float> places;
  for (const double step : steps) places.push_back(static_cast<float>(score_at(end * step, scale)));
  return places;
}

std::vector<float> knot_places(const RisingCurve& curve, std::size_t knots) {
  const std::vector<double> steps = steps_of(knots);
  std::vector<float> places = rising_places(curve, steps);
  const bool levels_out = places.size() < steps.size();
  if (curve.scale == ScoreScale::probability || levels_out) {
    const std::vector<float> even = even_places(curve.scale, steps);
    places.insert(places.end(), even.begin(), even.end());
  }
  if (curve.scale == ScoreScale::probability) {
    std::erase_if(places, [](float x) { return x < 0 || x > 1; });
  }
  std::sort(places.begin(), places.end());
  return places;
}

Calibrator with_knots(const RisingCurve& curve, std::size_t knots) {
  Calibrator map;
  for (const float x : knot_places(curve, knots)) {
    if (!map.x.empty() && x <= map.x.back()) continue;
    map.x.push_back(x);
    const auto y = static_cast<float>(curve.at(static_cast<double>(x)));
    map.y.push_back(map.y.empty() ? y : std::max(y, map.y.back()));
  }
  return map;
}

/// Largest distance of the map from the curve: absolute, and as a share of the rarer outcome where
/// that is more than float32 can tell from none.
struct Distance {
  double absolute = 0;
  double relative = 0;
};

Distance distance(const Calibrator& map, const RisingCurve& curve) {
  constexpr double kRounding = 6e-8;
  Distance largest;
  for (std::size_t i = 0; i + 1 < map.x.size(); ++i) {
    for (const double share : {0.25, 0.5, 0.75}) {
      const double x0 = static_cast<double>(map.x[i]);
      const double y0 = static_cast<double>(map.y[i]);
      const double x = x0 + share * (static_cast<double>(map.x[i + 1]) - x0);
      const double y = y0 + share * (static_cast<double>(map.y[i + 1]) - y0);
      const double p = curve.at(x);
      const double apart = std::abs(y - p);
      largest.absolute = std::max(largest.absolute, apart);
      const double beyond = p > 0.5 ? apart - kRounding : apart;
      largest.relative = std::max(largest.relative, beyond / std::min(p, 1 - p));
    }
  }
  return largest;
}

}  // namespace

double RisingCurve::at(double score) const { return sigmoid(log_odds(score)); }

DrawnCurve drawn_curve(const RisingCurve& curve, const std::string& method) {
  DrawnCurve drawn;
  for (std::size_t knots = 65; knots <= 4097; knots = 2 * knots - 1) {
    drawn.map = with_knots(curve, knots);
    const Distance apart = distance(drawn.map, curve);
    drawn.deviation = apart.absolute;
    if (apart.absolute <= 1e-4 && apart.relative <= 0.01) break;
  }
  drawn.map.method = method;
  return drawn;
}

}  // namespace rarewood
