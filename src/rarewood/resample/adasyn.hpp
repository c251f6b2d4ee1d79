#pragma once

#include <memory>

#include "rarewood/resample/resampler.hpp"
#include "rarewood/resample/sampler_options.hpp"

namespace rarewood {

/// Synthetic rows by how hard a row is: each row of the rarer class gets a number proportional to
/// the share of the commoner class among its k neighbours, rounded to whole rows, half to even, as
/// in imbalanced-learn; so the total may be off: shares of 0.6 all make a row, shares of 0.3 none.
/// A note says where none is made. Tied neighbours count by their shares.
/// \cost patterns of the rarer class x all patterns x features
/// \source He, Bai, Garcia, Li 2008, IJCNN
std::unique_ptr<Resampler> make_adasyn(const SamplerOptions& options);

}  // namespace rarewood
