#pragma once

#include <cstdint>
#include <vector>

#include "rarewood/learn/learner.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/pattern/scores.hpp"
#include "rarewood/resample/resampler.hpp"

namespace rarewood {

/// What is done to each fold: the same as to the whole training part, with fewer members.
struct FoldPlan {
  const Learner& learner;
  const Resampler& resampler;
  std::uint64_t seed = 42;
  int max_members = 0;  ///< as FitRequest::max_members
};

/// Makes OofScores, the only way there is.
class OutOfFold {
 public:
  /// Raw scores of every training row by a model that has not seen the row's fold. Resampling
  /// happens inside each fold: no synthetic row is ever scored.
  /// \return [plans], all in the same order of rows; folds of all plans are fitted side by side
  static std::vector<OofScores> score(const TrainPart& train, const std::vector<FoldPlan>& plans,
                                      const Control& control);
};

}  // namespace rarewood
