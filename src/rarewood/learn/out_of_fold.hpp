#pragma once

#include <cstdint>

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
  static OofScores score(const TrainPart& train, const FoldPlan& plan, const Control& control);
};

}  // namespace rarewood
