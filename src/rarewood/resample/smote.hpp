#pragma once

#include <cstdint>
#include <memory>

#include "rarewood/resample/resampler.hpp"

namespace rarewood {

enum class SyntheticTypes {
  interpolate,  ///< numbers and booleans lie between their parents, as imbalanced-learn's do
  keep          ///< whole numbers stay whole, booleans boolean
};

struct SmoteOptions {
  double sampling_strategy = 1.0;
  int k_neighbors = 5;
  SyntheticTypes synthetic_types = SyntheticTypes::interpolate;
};

const OptionTable<SmoteOptions>& smote_options();

/// How many rows SMOTE will add, known before any work.
struct SmotePlan {
  ClassTotals before;
  std::uint64_t synthetic = 0;
  bool positive_is_minority = true;

  ClassTotals after() const {
    return {before.n0 + (positive_is_minority ? 0 : synthetic),
            before.n1 + (positive_is_minority ? synthetic : 0)};
  }
};

/// No row where the minority already has its share, as may happen in a fold.
/// \throws Error(data) if the minority has fewer rows than k_neighbors + 1
SmotePlan plan_smote(const ClassTotals& totals, const SmoteOptions& options);

/// \throws Error(data) as plan_smote does, and if the minority has more than its share already
void check_smote(const ClassTotals& totals, const SmoteOptions& options);

/// Draw synthetic minority rows on the lines between a minority row and one of its neighbours.
///
/// Neighbours are the k nearest other minority rows in Euclidean distance; where a pattern holds
/// more than k minority rows they are its own copies. Ties are broken uniformly. Categories and
/// missing values are copied from the nearer parent; see SyntheticTypes for the others.
/// \cost patterns of the minority with at most k rows x patterns of the minority x features
/// \source Chawla et al. 2002, JAIR 16. Distance of categories: as in SMOTE-NC there, the median of
///         the numbers' standard deviations.
Resampled smote(const FitPart& part, const SmoteOptions& options, std::uint64_t seed,
                const Control& control);

std::unique_ptr<Resampler> make_smote(const RawOptions& raw);

}  // namespace rarewood
