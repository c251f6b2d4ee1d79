#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/audit/tolerance.hpp"
#include "rarewood/base/control.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/option/option.hpp"
#include "rarewood/store/location.hpp"
#include "rarewood/store/store_options.hpp"
#include "rarewood/table/table_options.hpp"
#include "rarewood/workflow/validate_first.hpp"

namespace rarewood {

/// What is scored, by which model, and where the result goes. Group "score".
struct ScoreOptions {
  std::string table;  ///< path or URI
  std::string model = "models/classification_model.onnx";
  std::string out;
  bool any_prediction_point = false;
};

const OptionTable<ScoreOptions>& score_options();

struct ScoreJob {
  ScoreOptions score;
  StoreOptions store;
  TableOptions text;
  ValidateFirst first;
  Tolerance tolerance;
};

struct ScoredTable {
  std::uint64_t rows = 0;
  std::uint64_t positive = 0;  ///< rows labelled positive
  double mean_probability = 0;
  double threshold = 0;  ///< probability from which on a row is labelled positive
  std::string positive_label;
  std::string model_id;  ///< see `model_id` in model_version.hpp
  std::vector<std::string> warnings;
  std::string out_uri;
};

/// Read a table, score its rows with a saved model, write it with "probability" and "label".
///
/// Features are matched by name; all columns pass through, and identifiers of a keys file beside
/// the table stand before them.
/// \throws Error(data) for a missing or mistyped feature, and for a table built for another
///         prediction point than the model's, unless `any_prediction_point`; Error(check) for one
///         that is not as expected, where `first` says so, before anything is written
ScoredTable score_table(const ScoreJob& job, const Control& control);

/// The object that a path or URI names; a bare key such as models/classification_model.onnx that is
/// no local file is one of the store.
ObjectPlace model_place(const std::string& place, const StoreOptions& store,
                        const Control& control);

/// Warns of a model whose two forms are of two runs.
/// \throws Error(external) if it is not there, Error(data) if it is no model of ours
SavedModel load_model(const ObjectPlace& object);

/// The same of what model_place() finds.
SavedModel load_model(const std::string& place, const StoreOptions& store, const Control& control);

}  // namespace rarewood
