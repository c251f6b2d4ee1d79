#pragma once

#include <memory>

#include "rarewood/resample/resampler.hpp"
#include "rarewood/resample/sampler_options.hpp"

namespace rarewood {

/// Synthetic rows on the lines between a row of the rarer class and one of its neighbours.
///
/// Bases are drawn by row. Neighbours are the k nearest other rows of the class in Euclidean
/// distance, unlike categories and missing values as far apart as SearchRows says; where a pattern
/// holds more than k of its rows they are its own copies. Categories and missing values are copied
/// from the nearer parent; see SyntheticTypes for the others.
/// \cost patterns of the class with at most k rows x patterns of the class x features
/// \source Chawla et al. 2002, JAIR 16
std::unique_ptr<Resampler> make_smote(const SamplerOptions& options);

/// SMOTE whose categories are the most frequent ones among the base's k neighbours; ties are drawn.
/// \source Chawla et al. 2002, JAIR 16: SMOTE-NC
std::unique_ptr<Resampler> make_smotenc(const SamplerOptions& options);

}  // namespace rarewood
