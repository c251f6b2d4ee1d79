#pragma once

#include <cstdint>
#include <vector>

#include "rarewood/learn/learner.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/pattern/scores.hpp"
#include "rarewood/resample/resampler.hpp"

namespace rarewood {

/// What is done to each fold: the same as to the whole training part.
struct FoldPlan {
  const Learner& learner;
  const Resampler& resampler;
  std::uint64_t seed = 42;
  int members = 0;  ///< of the final ensemble, where folds may do with fewer; 0: folds have all
};

/// Makes OofScores, the only way there is.
class OutOfFold {
 public:
  /// Raw scores of every training row by a model that has not seen the row's fold. Resampling
  /// happens inside each fold: no synthetic row is ever scored.
  /// \return [plans], all in the same order of rows; folds of all plans are fitted side by side,
  /// and
  ///         where they may have fewer members all have as many (fold_members.hpp)
  static std::vector<OofScores> score(const TrainPart& train, const std::vector<FoldPlan>& plans,
                                      const Control& control);
};

}  // namespace rarewood
