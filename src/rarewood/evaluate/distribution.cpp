#include "rarewood/evaluate/distribution.hpp"

#include <cmath>

#include "rarewood/evaluate/proportion.hpp"

namespace rarewood {
namespace {

constexpr double kAsNormal = 1e6;  ///< degrees of freedom

/// Numerator of the m-th step of the continued fraction: m = 1, 2, ...
double numerator(int step, double x, double a, double b) {
  const int pair = step / 2;
  const auto m = static_cast<double>(pair);
  if (step % 2 == 0) return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
  return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
}

double away_from_zero(double value) { return std::abs(value) < 1e-300 ? 1e-300 : value; }

/// Converges fast for x < (a + 1) / (a + b + 2).
double continued_fraction(double x, double a, double b) {
  constexpr int kMostSteps = 100000;
  double result = 1;
  double above = 1;
  double below = 0;
  for (int step = 1; step < kMostSteps; ++step) {
    const double term = numerator(step, x, a, b);
    below = 1 / away_from_zero(1 + term * below);
    above = away_from_zero(1 + term / above);
    const double change = above * below;
    result *= change;
    if (std::abs(change - 1) < 1e-15) break;
  }
  return 1 / result;
}

}  // namespace

double beta_share_below(double x, double a, double b) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) +
                                a * std::log(x) + b * std::log1p(-x));
  if (x < (a + 1) / (a + b + 2)) return front * continued_fraction(x, a, b) / a;
  return 1 - front * continued_fraction(1 - x, b, a) / b;
}

double beta_quantile(double share, double a, double b) {
  double low = 0;
  double high = 1;
  for (int halving = 0; halving < 80; ++halving) {
    const double middle = (low + high) / 2;
    (beta_share_below(middle, a, b) < share ? low : high) = middle;
  }
  return (low + high) / 2;
}

double student_t_of_95(double freedom) {
  if (freedom > kAsNormal) return kNormal95;
  // t^2 / (freedom + t^2) has a beta distribution.
  const double square = beta_quantile(0.95, 0.5, freedom / 2);
  return std::sqrt(freedom * square / (1 - square));
}

double student_t_above(double value, double freedom) {
  if (freedom > kAsNormal) return std::erfc(value / std::sqrt(2.0)) / 2;
  const double beyond = beta_share_below(freedom / (freedom + value * value), freedom / 2, 0.5) / 2;
  return value > 0 ? beyond : 1 - beyond;
}

double chi_square_above(double value, std::size_t freedom) {
  if (value <= 0) return 1;
  const double half = value / 2;
  const bool odd = freedom % 2 == 1;
  double sum = odd ? std::erfc(std::sqrt(half)) : 0;
  // Terms exp(-half) half^i / Gamma(i + 1), i = 0, 1, ... or 1/2, 3/2, ...
  double i = odd ? 0.5 : 0;
  double term = std::exp(-half) * (odd ? std::sqrt(half) / std::tgamma(1.5) : 1);
  for (; 2 * i + 2 <= static_cast<double>(freedom); i += 1) {
    sum += term;
    term *= half / (i + 1);
  }
  return sum;
}

}  // namespace rarewood
