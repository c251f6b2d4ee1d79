#include "rarewood/evaluate/stability.hpp"

#include <cmath>

#include "rarewood/evaluate/distribution.hpp"

namespace rarewood {

SmoothedShares smoothed_shares(std::span<const std::uint64_t> before,
                               std::span<const std::uint64_t> after, const DesignEffects& effects) {
  SmoothedShares shares;
  for (std::size_t g = 0; g < before.size(); ++g) {
    if (before[g] + after[g] == 0) continue;
    shares.before.push_back(static_cast<double>(before[g]) / effects.before + 0.5);
    shares.after.push_back(static_cast<double>(after[g]) / effects.after + 0.5);
    shares.n += shares.before.back();
    shares.m += shares.after.back();
  }
  for (double& share : shares.before) share /= shares.n;
  for (double& share : shares.after) share /= shares.m;
  return shares;
}

Stability population_stability(std::span<const std::uint64_t> before,
                               std::span<const std::uint64_t> after, const DesignEffects& effects) {
  const SmoothedShares shares = smoothed_shares(before, after, effects);
  Stability stability;
  stability.groups = shares.before.size();
  if (stability.groups < 2) return stability;
  for (std::size_t g = 0; g < stability.groups; ++g) {
    const double p = shares.before[g];
    const double q = shares.after[g];
    stability.index += (p - q) * std::log(p / q);
  }
  const double scale = 1 / shares.n + 1 / shares.m;
  const std::size_t freedom = stability.groups - 1;
  stability.by_chance = static_cast<double>(freedom) * scale;
  stability.p_value = chi_square_above(stability.index / scale, freedom);
  return stability;
}

}  // namespace rarewood
