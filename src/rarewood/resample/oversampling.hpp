#pragma once

#include <cstdint>
#include <string>

#include "rarewood/resample/resampler.hpp"
#include "rarewood/resample/sampling_strategy.hpp"

namespace rarewood {

/// A sampler that makes synthetic rows of the rarer class.
struct Maker {
  std::string title;  ///< "SMOTE"
  SamplingStrategy strategy;
  std::uint32_t k = 5;        ///< the rarer class must have more rows than this
  std::string k_option;       ///< "--k-neighbors"
  bool about = false;         ///< rounding may make other numbers of rows: see check_made
  bool searches_all = false;  ///< for neighbours of both classes
};

/// No rows where the rarer class has its share already, as may happen in a fold.
/// \throws Error(data) if the rarer class has at most k rows; Error(bug) if rows have weights
SamplingPlan plan_maker(const FitPart& part, const Maker& maker);

/// Refuse to make more rows than can be indexed, or than there is memory for, where they are not
/// the planned ones.
/// \throws Error(data)
void check_made(const FitPart& part, const Maker& maker, std::uint64_t synthetic,
                const Control& control);

/// \throws Error(data) as plan_maker does, and if the rarer class has more than its share already
void check_maker(const ClassTotals& totals, const Maker& maker);

}  // namespace rarewood
