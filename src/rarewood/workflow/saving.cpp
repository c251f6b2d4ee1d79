#include "rarewood/workflow/saving.hpp"

#include "rarewood/audit/grouped_expectations.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/base/log.hpp"
#include "rarewood/model/learn_expectations.hpp"
#include "rarewood/model/model_file.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/report/chart.hpp"
#include "rarewood/report/console.hpp"
#include "rarewood/report/figure.hpp"
#include "rarewood/report/warn.hpp"
#include "rarewood/store/location.hpp"
#include "rarewood/store/write_pair.hpp"
#include "rarewood/track/mlflow_model.hpp"
#include "rarewood/workflow/model_version.hpp"
#include "rarewood/workflow/row_groups.hpp"
#include "rarewood/workflow/sending.hpp"
#include "rarewood/workflow/stopwatch.hpp"

namespace rarewood {
namespace {

std::string store_title(const StoreOptions& store) {
  if (!store.store.starts_with("s3://")) return "the local store";
  return store.s3_endpoint.empty() ? "S3" : "MinIO";
}

/// What the model predicts that is about to be replaced; "" where there is none.
std::string target_of_replaced(const ModelPlace& place) {
  return place.onnx_etag ? target_of_model(place.store->read(place.onnx_key)) : "";
}

void keep_versions(std::string_view onnx, const ModelPlace& place, const std::string& model,
                   RunRecord& record) {
  if (!place.keeps_versions) return;
  keep_version(*place.store, model, record.model_id, onnx);
  const auto uri = [&](const char* ending) {
    return place.store->uri(version_key(model, record.model_id, ending));
  };
  record.model_paths["onnx_version"] = uri(".onnx");
  record.model_paths["pkl_version"] = uri(".pkl");
}

Error written_by_another(const ModelPlace& place, const RunRecord& record) {
  const auto kept = record.model_paths.find("onnx_version");
  return Error(
      ErrorKind::external,
      "Another process wrote " + place.store->uri(place.onnx_key) +
          " while this run was at work; its model was left as it is. Run again, or name "
          "another place with --model" +
          (kept == record.model_paths.end() ? "." : "; this run's is " + kept->second + "."));
}

/// A figure is for people and never costs a run: what fails is a warning.
/// \return whether there is one, in the run's folder too
bool draw_importance(const std::filesystem::path& folder, const TrainRequest& request,
                     const RunRecord& record) {
  if (request.train.figures == "none" || record.importance.empty()) return false;
  const std::filesystem::path png =
      std::filesystem::path(request.train.figures) / "feature_importance.png";
  const auto problem = draw_chart(importance_chart(record), png, drawing_python());
  if (problem) {
    log(LogLevel::warning, *problem);
    return false;
  }
  log(LogLevel::info, "Figure: " + png.string());
  add_artifact(folder, {std::string(kFigureArtifact), read_file(png)});
  return true;
}

}  // namespace

ModelPlace find_model_place(const TrainRequest& request, const Control& control) {
  check_folder_writable(request.track.journal);
  ModelPlace place{.store = open_store(request.store, control),
                   .onnx_key = request.train.model + ".onnx",
                   .pkl_key = request.train.model + ".pkl",
                   .keeps_versions = request.store.store.starts_with("s3://")};
  if (!place.keeps_versions) {
    check_folder_writable(std::filesystem::path(place.store->uri(place.onnx_key)).parent_path());
  }
  if (const auto there = place.store->find(place.onnx_key)) place.onnx_etag = there->etag;
  if (const auto there = place.store->find(place.pkl_key)) place.pkl_etag = there->etag;
  return place;
}

Expectations expected_columns(const TrainingTable& table, const CountedTable& counted,
                              const TrainRequest& request, const Control& control) {
  Expectations expectations = learn_expectations(counted.cells, counted.schema, control);
  const WholeGroups groups = whole_groups(row_groups(table, request).key);
  if (groups.empty()) return expectations;
  note_groups({*counted.cells.patterns, counted.pattern, table.labels, groups}, expectations,
              control);
  return expectations;
}

Expectations with_probabilities(Expectations columns, const Contestant& test) {
  columns.probabilities = bin_probabilities(test.probabilities);
  return columns;
}

std::string save_model(const ModelToSave& made, const ModelPlace& place,
                       const TrainRequest& request, RunRecord& record) {
  const Stopwatch watch(record.timings, "save");
  const std::string replaced = target_of_replaced(place);
  std::string onnx = model_to_onnx(made.model, &made.expectations);
  record.model_id = model_id(onnx, place.onnx_key);
  record.model_paths = {{"onnx", place.store->uri(place.onnx_key)},
                        {"pkl", place.store->uri(place.pkl_key)}};
  keep_versions(onnx, place, request.train.model, record);
  const PairPlace pair{place.onnx_key, place.pkl_key, place.onnx_etag, place.pkl_etag};
  if (!write_pair_if_match(*place.store, pair, onnx, model_to_pickle)) {
    throw written_by_another(place, record);
  }
  if (!replaced.empty() && replaced != made.model.schema.target.name) {
    warn(record.warnings, "The model of '" + replaced +
                              "' that was there is replaced; --model names another place.");
  }
  return onnx;
}

std::string saved_model_text(const TrainRequest& request, const RunRecord& record) {
  return saving_text(request.style, store_title(request.store)) +
         saved_text(request.style, record.model_paths.at("pkl"));
}

std::vector<Artifact> model_artifacts(const std::string& onnx, const Model& model,
                                      const TrainRequest& request, RunRecord& record) {
  record.registered_model =
      registered_model_name(request.track.registered_model, request.train.model);
  record.tags.emplace_back("rarewood.model_id", record.model_id);
  return mlflow_model_folder(onnx, model.schema, record);
}

std::filesystem::path keep_run(const TrainRequest& request, RunRecord& record,
                               const std::vector<Artifact>& artifacts,
                               const std::vector<RunRecord>& candidates) {
  const Stopwatch watch(record.timings, "track");
  try {
    return write_run(request.track.journal, record, artifacts, candidates);
  } catch (const Error& problem) {
    const auto model = record.model_paths.find("pkl");
    if (model == record.model_paths.end()) throw;
    throw Error(problem.kind(), std::string(problem.what()) + " The model is saved as " +
                                    model->second + "; only the record of its run is lost.");
  }
}

void track_run(const std::filesystem::path& folder, const TrainRequest& request, RunRecord& record,
               const Say& say, const Control& control) {
  const bool takes_more = send_kept_run(folder, request.track, record, control);
  say(complete_text(request.style, record, folder.string()));
  try {
    const bool drawn = draw_importance(folder, request, record);
    if (drawn && takes_more) send_kept_run(folder, request.track, record, control);
  } catch (const Error& error) {  // the model is saved and the run is kept: a figure costs neither
    if (error.kind() == ErrorKind::interrupted) throw;
    log(LogLevel::warning, error.what());
  }
}

}  // namespace rarewood
