#pragma once

#include <cstdint>

#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/decision_options.hpp"
#include "rarewood/pattern/split.hpp"
#include "rarewood/report/console_style.hpp"
#include "rarewood/report/horizon_record.hpp"
#include "rarewood/track/track_options.hpp"
#include "rarewood/workflow/build_features.hpp"
#include "rarewood/workflow/horizon_options.hpp"
#include "rarewood/workflow/train_options.hpp"

namespace rarewood {

/// All that `rarewood horizon` is told.
struct HorizonRequest {
  HorizonOptions horizon;
  FeatureJob features;  ///< as_of and out have no meaning here
  TrainOptions train;   ///< learner, balance
  DecisionOptions decision;
  SplitOptions split;  ///< test_size, folds
  TrackOptions track;
  RawOptions raw;           ///< learner and resampler read their options from it
  std::uint64_t seed = 42;  ///< random_state
};

/// How early can it be known? One model a prediction point, from one reading of the raw tables.
///
/// A session is in the same part (test, or one of the training folds) at every point, by a hash of
/// its id. No tables and no models are written.
/// \throws Error as reading the raw tables does; Error(usage) for points and methods that are none
HorizonRecord horizon(const HorizonRequest& request, const Control& control);

}  // namespace rarewood
