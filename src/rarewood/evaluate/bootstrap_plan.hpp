#pragma once

#include <cstdint>
#include <vector>

#include "rarewood/evaluate/judgement.hpp"

namespace rarewood {

/// How often something is drawn again, and by which numbers.
struct BootstrapPlan {
  std::uint64_t draws = 1000;
  std::uint64_t seed = 42;
};

/// From the 2.5th to the 97.5th percentile, linear between neighbours; NaN without values.
Interval percentile_interval(std::vector<double> values);

}  // namespace rarewood
