#include "rarewood/evaluate/proportion.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/evaluate/distribution.hpp"

namespace rarewood {

Interval wilson(const Trials& trials, double quantile) {
  const auto [k, n] = trials;
  if (n <= 0) return {0, 1};
  const double square = quantile * quantile;
  const double centre = (k + square / 2) / (n + square);
  const double half =
      quantile / (n + square) * std::sqrt(std::max(k * (n - k) / n, 0.0) + square / 4);
  return {k <= 0 ? 0 : std::max(centre - half, 0.0), k >= n ? 1 : std::min(centre + half, 1.0)};
}

Interval clopper_pearson(const Trials& trials) {
  const auto [k, n] = trials;
  if (n <= 0) return {0, 1};
  return {k <= 0 ? 0 : beta_quantile(0.025, k, n - k + 1),
          k >= n ? 1 : beta_quantile(0.975, k + 1, n - k)};
}

}  // namespace rarewood
