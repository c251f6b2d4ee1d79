#pragma once

#include <memory>

#include "rarewood/resample/resampler.hpp"
#include "rarewood/resample/sampler_options.hpp"

namespace rarewood {

/// SMOTE from rows in danger only: those of whose m neighbours in both classes at least half, but
/// not all, are of the commoner class.
///
/// borderline-1 leans towards neighbours of the rarer class; borderline-2 towards those of both,
/// and at most half as far towards one of the commoner class. Where neighbours are tied, every row
/// breaks its ties by itself: of n equal rows a binomial number is in danger.
/// \cost patterns of the rarer class x all patterns x features
/// \source Han, Wang, Mao 2005, ICIC
std::unique_ptr<Resampler> make_borderline_smote(const SamplerOptions& options);

}  // namespace rarewood
