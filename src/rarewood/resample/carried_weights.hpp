#pragma once

#include <vector>

#include "rarewood/resample/resampler.hpp"

namespace rarewood {

// Samplers see rows, not weights: neighbours and numbers are those of the rows as if there were no
// weights. Rows that stay keep theirs; a row that is made weighs what the mean row of its class
// does, so that a ratio of rows is as far as it can be one of weights, too.

/// The rows of each pattern once, whatever their weights.
std::vector<PatternCount> by_pattern(const std::vector<PatternCount>& counts);

/// The rows that weigh anything, each at weight 1; the part itself where all rows weigh 1.
FitPart without_weights(const FitPart& part);

/// Give the rows that were there their weights again.
/// \param before  with weights
/// \param made    without_weights(before) and rows of the rarer class added to it
/// \throws Error(bug) if a pattern of `before` is no longer there
Resampled with_weights(const FitPart& before, Resampled made);

}  // namespace rarewood
