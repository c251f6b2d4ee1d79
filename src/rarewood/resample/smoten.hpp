#pragma once

#include <memory>

#include "rarewood/resample/resampler.hpp"
#include "rarewood/resample/sampler_options.hpp"

namespace rarewood {

/// SMOTE for columns of few values: every value of a column is a category. Two values are as far
/// apart as the shares of positives among their rows (the value difference metric); each column of
/// a synthetic row takes the most frequent value among its base and the base's k neighbours, the
/// smallest one of several. \throws Error(data) from resample, where a number has a fraction
/// \source Chawla et al. 2002, JAIR 16: SMOTE-N
std::unique_ptr<Resampler> make_smoten(const SamplerOptions& options);

}  // namespace rarewood
