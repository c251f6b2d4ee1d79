#pragma once

#include <string>
#include <vector>

#include "rarewood/option/command_spec.hpp"
#include "rarewood/option/option.hpp"

namespace rarewood {

/// What a training run is asked for, beside the options of its parts.
struct TrainOptions {
  std::string table;     ///< path or URI; "" = the store's processed-data/training_data.parquet
  std::string strategy;  ///< a preset, already expanded when a run begins
  std::string learner = "forest";
  std::string balance = "none";
  bool time_check = true;
  std::vector<std::string> by;  ///< features
  std::string model = "models/classification_model";
  std::string figures = "reports/figures";
  std::string json;  ///< "" = the run is not written beside the journal
};

const OptionTable<TrainOptions>& train_options();

/// The presets of --strategy: the conversion job's parameters as they were assigned, and one for
/// small steady models.
const std::vector<Preset>& strategies();

/// The preset that `horizon` takes where none is named: small steady models.
inline constexpr const char* kSteadyStrategy = "steady";

/// The training table of a store.
inline constexpr const char* kTrainingTableKey = "processed-data/training_data.parquet";

}  // namespace rarewood
