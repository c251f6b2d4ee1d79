#pragma once

#include <memory>

#include "rarewood/resample/resampler.hpp"
#include "rarewood/resample/sampler_options.hpp"

namespace rarewood {

/// Rows of the rarer class drawn again, with replacement: a multinomial draw over its patterns.
std::unique_ptr<Resampler> make_random_over(const SamplerOptions& options);

/// Rows of the commoner class drawn without replacement: a multivariate hypergeometric draw.
std::unique_ptr<Resampler> make_random_under(const SamplerOptions& options);

}  // namespace rarewood
