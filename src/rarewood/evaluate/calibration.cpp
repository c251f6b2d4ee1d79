#include "rarewood/evaluate/calibration.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "rarewood/base/error.hpp"
#include "rarewood/evaluate/curve.hpp"

namespace rarewood {
namespace {

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

/// Logit of the edge, and its rise per unit of score there.
double edge_logit() { return std::log((1 - kScoreEdge) / kScoreEdge); }
double edge_rise() { return 1 / (kScoreEdge * (1 - kScoreEdge)); }

/// The logit of a score, continued by its tangents beyond the edges, so that it is finite and still
/// rises: equal order before and after calibration.
double stretched(double score) {
  if (score < kScoreEdge) return -edge_logit() - (kScoreEdge - score) * edge_rise();
  if (score > 1 - kScoreEdge) return edge_logit() + (score - 1 + kScoreEdge) * edge_rise();
  return std::log(score / (1 - score));
}

/// The inverse of stretched().
double unstretched(double z) {
  if (std::abs(z) >= stretched(1)) return z > 0 ? 1 : 0;
  if (z < -edge_logit()) return kScoreEdge + (z + edge_logit()) / edge_rise();
  if (z > edge_logit()) return 1 - kScoreEdge + (z - edge_logit()) / edge_rise();
  return sigmoid(z);
}

/// A score on the axis the sigmoid is fitted on, and back.
double log_odds_of(double score, ScoreScale scale) {
  return scale == ScoreScale::log_odds ? score : stretched(score);
}
double score_at(double log_odds, ScoreScale scale) {
  return scale == ScoreScale::log_odds ? log_odds : unstretched(log_odds);
}

bool possible(double score, ScoreScale scale) {
  return scale == ScoreScale::log_odds ? std::isfinite(score) : score >= 0 && score <= 1;
}

/// log(1 + exp(x)) without overflow.
double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

/// Rows of one score; z is centred so that slope and offset hardly depend on each other.
struct Point {
  double z = 0;
  double n0 = 0;
  double n1 = 0;
};

struct Line {
  double slope = 0;
  double offset = 0;
};

/// Logistic regression on one variable with Platt's smoothed targets; convex, always finite.
struct Problem {
  std::vector<Point> points;
  double mean = 0;
  double target0 = 0;
  double target1 = 1;

  double loss(const Line& line) const {
    double sum = 0;
    for (const Point& point : points) {
      const double f = line.slope * point.z + line.offset;
      sum += (point.n0 + point.n1) * softplus(f) - (point.n0 * target0 + point.n1 * target1) * f;
    }
    return sum;
  }
};

Problem make_problem(const OofScores& scores, const ClassTotals& totals) {
  const double n0 = static_cast<double>(totals.n0);
  const double n1 = static_cast<double>(totals.n1);
  Problem problem{{}, 0, 1 / (n0 + 2), (n1 + 1) / (n1 + 2)};
  for (const ScoreCount& entry : merged(scores.list())) {
    if (!possible(entry.score, scores.scale())) {
      throw Error(ErrorKind::bug, "A raw score to calibrate is not in 0..1, or not finite.");
    }
    problem.points.push_back({log_odds_of(entry.score, scores.scale()),
                              static_cast<double>(entry.n0), static_cast<double>(entry.n1)});
    const Point& point = problem.points.back();
    problem.mean += point.z * (point.n0 + point.n1) / (n0 + n1);
  }
  for (Point& point : problem.points) point.z -= problem.mean;
  return problem;
}

/// Gradient and second derivatives at a line.
struct Slopes {
  double g_slope = 0, g_offset = 0;
  double h_slope = 0, h_both = 0, h_offset = 0;
};

Slopes slopes_at(const Problem& problem, const Line& line) {
  Slopes sum;
  for (const Point& point : problem.points) {
    const double p = sigmoid(line.slope * point.z + line.offset);
    const double rows = point.n0 + point.n1;
    const double g = rows * p - point.n0 * problem.target0 - point.n1 * problem.target1;
    const double h = rows * p * (1 - p);
    sum.g_slope += g * point.z;
    sum.g_offset += g;
    sum.h_slope += h * point.z * point.z;
    sum.h_both += h * point.z;
    sum.h_offset += h;
  }
  return sum;
}

/// Newton's method; a step that does not lower the loss is halved.
Line solve(const Problem& problem, Line line) {
  double loss = problem.loss(line);
  for (int round = 0; round < 100; ++round) {
    const Slopes at = slopes_at(problem, line);
    const double a = at.h_slope * (1 + 1e-12) + 1e-300;
    const double d = at.h_offset * (1 + 1e-12) + 1e-300;
    const double determinant = a * d - at.h_both * at.h_both;
    const Line step{(d * at.g_slope - at.h_both * at.g_offset) / determinant,
                    (a * at.g_offset - at.h_both * at.g_slope) / determinant};
    double share = 1;
    Line next = line;
    double next_loss = loss;
    for (; share > 1e-10; share /= 2) {
      next = {line.slope - share * step.slope, line.offset - share * step.offset};
      next_loss = problem.loss(next);
      if (next_loss <= loss) break;
    }
    const bool still = !(next_loss < loss) ||
                       (std::abs(next.slope - line.slope) < 1e-12 * (1 + std::abs(next.slope)) &&
                        std::abs(next.offset - line.offset) < 1e-12 * (1 + std::abs(next.offset)));
    if (next_loss <= loss) {
      line = next;
      loss = next_loss;
    }
    if (still) break;
  }
  return line;
}

/// probability = sigmoid(slope * log-odds + intercept), of scores on a scale.
struct Sigmoid {
  double slope = 0;
  double intercept = 0;
  ScoreScale scale = ScoreScale::probability;

  double at(double score) const { return sigmoid(slope * log_odds_of(score, scale) + intercept); }
};

/// Log-odds at which knots lie. Scores between 0 and 1 have ends: evenly spaced between them, and
/// denser where a steep sigmoid rises. Log-odds have none: as far as a probability tells 2^32 rows
/// apart, and no further than float32 reaches.
std::vector<double> knot_places(const Sigmoid& curve, std::size_t knots) {
  const bool bounded = curve.scale == ScoreScale::probability;
  const double highest = bounded ? stretched(1) : 1e30;
  const double rise = bounded ? 16 : 24;  // beyond 16 all is within 1e-7 of 0 or 1
  std::vector<double> places;
  for (std::size_t i = 0; i < knots; ++i) {
    const double place = 2 * static_cast<double>(i) / static_cast<double>(knots - 1) - 1;
    if (bounded) places.push_back(highest * place);
    const double rising = (rise * place - curve.intercept) / curve.slope;
    if (std::abs(rising) <= highest) places.push_back(rising);
  }
  std::sort(places.begin(), places.end());
  return places;
}

Calibrator with_knots(const Sigmoid& curve, std::size_t knots) {
  Calibrator map{"platt", {}, {}};
  for (const double z : knot_places(curve, knots)) {
    const auto x = static_cast<float>(score_at(z, curve.scale));
    if (!map.x.empty() && x <= map.x.back()) continue;
    map.x.push_back(x);
    // The probability at the float32 knot itself, as that is where scorers will read it.
    map.y.push_back(static_cast<float>(curve.at(static_cast<double>(x))));
  }
  return map;
}

/// Largest distance of the map from the sigmoid: absolute, and as a share of the rarer outcome
/// where that is more than float32 can tell from none.
struct Distance {
  double absolute = 0;
  double relative = 0;
};

Distance distance(const Calibrator& map, const Sigmoid& curve) {
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

struct Drawn {
  Calibrator map;
  double deviation = 0;
};

/// Straight lines for a sigmoid: twice as many knots until they are near enough.
Drawn drawn(const Sigmoid& curve) {
  Drawn result;
  for (std::size_t knots = 65; knots <= 4097; knots = 2 * knots - 1) {
    result.map = with_knots(curve, knots);
    const Distance apart = distance(result.map, curve);
    result.deviation = apart.absolute;
    if (apart.absolute <= 1e-4 && apart.relative <= 0.01) break;
  }
  return result;
}

PlattFit constant_fit(const ClassTotals& totals) {
  const double rate = totals.base_rate();
  const auto y = static_cast<float>(rate);
  return {{"constant", {0.0F, 1.0F}, {y, y}}, 0, std::log(rate / (1 - rate)), 0};
}

}  // namespace

PlattFit fit_platt(const OofScores& scores) {
  const ClassTotals totals = class_totals(scores.list());
  if (totals.n0 == 0 || totals.n1 == 0) {
    throw Error(ErrorKind::data, "Calibration needs rows of both classes. Use more rows.");
  }
  const Problem problem = make_problem(scores, totals);
  if (problem.points.front().z == problem.points.back().z) return constant_fit(totals);
  const double odds = static_cast<double>(totals.n1 + 1) / static_cast<double>(totals.n0 + 1);
  const Line line = solve(problem, {0, std::log(odds)});
  constexpr double kLeastSlope = 1e-20;  // less moves no probability by a float32's last bit
  if (!(line.slope > kLeastSlope)) return constant_fit(totals);

  const double intercept = line.offset - line.slope * problem.mean;
  const auto [map, deviation] = drawn({line.slope, intercept, scores.scale()});
  return {map, line.slope, intercept, deviation};
}

Calibrator identity_calibrator() { return {"none", {0.0F, 1.0F}, {0.0F, 1.0F}}; }

Calibrator uncalibrated(ScoreScale scale) {
  if (scale == ScoreScale::probability) return identity_calibrator();
  Calibrator map = drawn({1, 0, scale}).map;
  map.method = "none";
  return map;
}

}  // namespace rarewood
