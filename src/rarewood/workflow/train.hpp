#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "rarewood/audit/audit_options.hpp"
#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/decision_options.hpp"
#include "rarewood/feature/feature_options.hpp"
#include "rarewood/option/option.hpp"
#include "rarewood/pattern/split.hpp"
#include "rarewood/report/console_style.hpp"
#include "rarewood/report/run_record.hpp"
#include "rarewood/store/store_options.hpp"
#include "rarewood/table/table_options.hpp"
#include "rarewood/track/track_options.hpp"
#include "rarewood/workflow/train_options.hpp"

namespace rarewood {

/// Takes a block of the run's report as soon as it is due.
using Say = std::function<void(const std::string& text)>;

/// All that a training run is told.
struct TrainRequest {
  TrainOptions train;
  DecisionOptions decision;
  StoreOptions store;
  TableOptions table;
  FeatureOptions feature;
  SplitOptions split;
  TrackOptions track;
  AuditOptions audit;
  RawOptions raw;           ///< learner and resampler read their options from it
  std::uint64_t seed = 42;  ///< random_state
  ConsoleStyle style;
  std::vector<std::string> warnings = {};  ///< of what was looked at before; kept in the record
};

/// From a table to a saved, tracked model, as contract and console know it.
///
/// The model's bytes depend on the table's rows and on the options, not on threads or row order.
/// A tracking server that fails costs a warning; everything else that fails throws, and leaves no
/// part of a model behind.
RunRecord train(const TrainRequest& request, const Say& say, const Control& control);

}  // namespace rarewood
