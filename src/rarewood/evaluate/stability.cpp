#include "rarewood/evaluate/stability.hpp"

#include <cmath>

#include "rarewood/evaluate/distribution.hpp"

namespace rarewood {

Stability population_stability(std::span<const std::uint64_t> before,
                               std::span<const std::uint64_t> after) {
  Stability stability;
  double n = 0;
  double m = 0;
  for (std::size_t g = 0; g < before.size(); ++g) {
    if (before[g] + after[g] == 0) continue;
    n += static_cast<double>(before[g]) + 0.5;
    m += static_cast<double>(after[g]) + 0.5;
    ++stability.groups;
  }
  if (stability.groups < 2) return stability;
  for (std::size_t g = 0; g < before.size(); ++g) {
    if (before[g] + after[g] == 0) continue;
    const double p = (static_cast<double>(before[g]) + 0.5) / n;
    const double q = (static_cast<double>(after[g]) + 0.5) / m;
    stability.index += (p - q) * std::log(p / q);
  }
  const double scale = 1 / n + 1 / m;
  const std::size_t freedom = stability.groups - 1;
  stability.by_chance = static_cast<double>(freedom) * scale;
  stability.p_value = chi_square_above(stability.index / scale, freedom);
  return stability;
}

}  // namespace rarewood
