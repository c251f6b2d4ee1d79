#include "rarewood/base/poisson.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace rarewood {

PoissonTable::PoissonTable(double mean) {
  // Weights relative to the mode's, outwards until they no longer matter.
  constexpr double kNegligible = 1e-13;
  const double mode = std::floor(mean);
  std::vector<double> below;
  double weight = 1;
  for (double k = mode; k > 0 && weight > kNegligible; --k) {
    weight *= k / mean;
    below.push_back(weight);
  }
  std::vector<double> weights(below.rbegin(), below.rend());
  weights.push_back(1);
  weight = 1;
  for (double k = mode + 1; (weight *= mean / k) > kNegligible; ++k) weights.push_back(weight);
  lowest_ = static_cast<std::uint32_t>(mode) - static_cast<std::uint32_t>(below.size());

  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  constexpr double kMost = std::numeric_limits<std::uint32_t>::max();
  double sum = 0;
  for (const double each : weights) {
    sum += each;
    upper_.push_back(static_cast<std::uint32_t>(std::min(kMost, kMost * (sum / total))));
  }
  upper_.back() = std::numeric_limits<std::uint32_t>::max();
  for (std::uint32_t byte = 0, i = 0; byte < 256; ++byte) {
    while (upper_[i] < byte << 24U) ++i;
    start_[byte] = i;
  }
}

}  // namespace rarewood
