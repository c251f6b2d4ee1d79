#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "rarewood/resample/blending.hpp"
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
/// \throws Error(data) if the rarer class has at most k rows
SamplingPlan plan_maker(const FitPart& part, const Maker& maker);

/// What rows are made from.
struct RowSources {
  const FitPart& part;     ///< without weights
  const ClassRows& rarer;  ///< its rows of the class to be added to
  std::uint64_t synthetic = 0;
  std::uint64_t seed = 0;
};

using Making = std::function<Resampled(const RowSources& from)>;

/// What all these samplers do before and after the rows are made: plan, check the memory, put the
/// weights aside and give them back.
/// \throws Error as plan_maker; Error(data) where the memory does not suffice
Resampled make_rows(const FitPart& part, const Maker& maker, std::uint64_t seed,
                    const Control& control, const Making& make);

/// Refuse to make more rows than can be indexed, or than there is memory for, where they are not
/// the planned ones.
/// \throws Error(data)
void check_made(const FitPart& part, const Maker& maker, std::uint64_t synthetic,
                const Control& control);

/// \throws Error(data) as plan_maker does, and if the rarer class has more than its share already
void check_maker(const ClassTotals& totals, const Maker& maker);

}  // namespace rarewood
