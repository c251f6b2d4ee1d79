#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rarewood/evaluate/contestant.hpp"
#include "rarewood/model/expectations.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/pattern/cells.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/report/run_record.hpp"
#include "rarewood/store/object_store.hpp"
#include "rarewood/track/journal.hpp"
#include "rarewood/workflow/loading.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// Where the model will land, and what was there when the run began.
struct ModelPlace {
  std::shared_ptr<ObjectStore> store;
  std::string onnx_key;
  std::string pkl_key;
  std::optional<std::string> onnx_etag;  ///< nothing: there was no model
  std::optional<std::string> pkl_etag;
  bool keeps_versions = false;  ///< S3 keeps each model; beside a folder, the journal does
};

/// \throws Error(external) if the store cannot be reached or the journal cannot be written: better
///         now than after the fit
ModelPlace find_model_place(const TrainRequest& request, const Control& control);

/// A model, and what later tables are held against.
struct ModelToSave {
  const Model& model;
  Expectations expectations;
};

/// What is expected of the columns: what all rows have, and how they come in groups, where that is
/// known.
Expectations expected_columns(const TrainingTable& table, const CountedTable& counted,
                              const TrainRequest& request, const Control& control);

/// With the model's probabilities on the rows it did not see, of which only the spread is kept.
/// \param test  the model on the test rows
Expectations with_probabilities(Expectations columns, const Contestant& test);

/// Write the .onnx file and the .pkl, both or neither, after the versions that are kept; fills
/// record.model_id and model_paths. \return the bytes of the ONNX file, for the journal
/// \throws Error(external) if another process wrote the model in the meantime: nothing is changed
std::string save_model(const ModelToSave& made, const ModelPlace& place,
                       const TrainRequest& request, RunRecord& record);

/// "Saving" and "saved", of a model that is.
std::string saved_model_text(const TrainRequest& request, const RunRecord& record);

/// The model as the journal keeps it; fills the record's name in the registry and the tags that
/// match model files.
std::vector<Artifact> model_artifacts(const std::string& onnx, const Model& model,
                                      const TrainRequest& request, RunRecord& record);

/// Write the run's folder, before anything is said of the test rows: what somebody has seen of them
/// is a look the journal knows. \throws Error(external) that says whether the model is saved
std::filesystem::path keep_run(const TrainRequest& request, RunRecord& record,
                               const std::vector<Artifact>& artifacts,
                               const std::vector<RunRecord>& candidates = {});

/// The kept run goes to the tracking server, whose failure is only a warning; then the figure,
/// drawn beside the timed path. Says "COMPLETE".
void track_run(const std::filesystem::path& folder, const TrainRequest& request, RunRecord& record,
               const Say& say, const Control& control);

}  // namespace rarewood
