#include "rarewood/workflow/saving.hpp"

#include "rarewood/base/file.hpp"
#include "rarewood/base/log.hpp"
#include "rarewood/model/learn_expectations.hpp"
#include "rarewood/model/model_file.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/report/chart.hpp"
#include "rarewood/report/console.hpp"
#include "rarewood/report/figure.hpp"
#include "rarewood/store/location.hpp"
#include "rarewood/store/write_pair.hpp"
#include "rarewood/track/journal.hpp"
#include "rarewood/track/send_run.hpp"
#include "rarewood/workflow/stopwatch.hpp"

namespace rarewood {
namespace {

std::string store_title(const StoreOptions& store) {
  if (!store.store.starts_with("s3://")) return "the local store";
  return store.s3_endpoint.empty() ? "S3" : "MinIO";
}

void warn(const std::string& sentence, RunRecord& record) {
  record.warnings.push_back(sentence);
  log(LogLevel::warning, sentence);
}

void send(const std::filesystem::path& folder, const TrainRequest& request, RunRecord& record,
          const Control& control) {
  if (request.track.tracking_uri.empty()) return;
  const SendResult sent = send_run(folder, request.track, control);
  record.mlflow_run_id = sent.mlflow_run_id;
  if (!sent.warning.empty()) warn(sent.warning, record);
}

/// What the model predicts that is about to be replaced; "" where there is none.
std::string target_of_replaced(const ModelPlace& place) {
  return place.onnx_etag ? target_of_model(place.store->read(place.onnx_key)) : "";
}

/// A figure is for people and never costs a run: what fails is a warning.
void draw_importance(const std::filesystem::path& folder, const TrainRequest& request,
                     const RunRecord& record) {
  if (request.train.figures == "none" || record.importance.empty()) return;
  const std::filesystem::path png =
      std::filesystem::path(request.train.figures) / "feature_importance.png";
  const auto problem = draw_chart(importance_chart(record), png, drawing_python());
  if (problem) {
    log(LogLevel::warning, *problem);
    return;
  }
  log(LogLevel::info, "Figure: " + png.string());
  add_artifact(folder, {std::string(kFigureArtifact), read_file(png)});
}

}  // namespace

ModelPlace find_model_place(const TrainRequest& request, const Control& control) {
  check_folder_writable(request.track.journal);
  ModelPlace place{open_store(request.store, control), request.train.model + ".onnx",
                   request.train.model + ".pkl", std::nullopt};
  if (!request.store.store.starts_with("s3://")) {
    check_folder_writable(std::filesystem::path(place.store->uri(place.onnx_key)).parent_path());
  }
  const auto there = place.store->find(place.onnx_key);
  if (there) place.onnx_etag = there->etag;
  return place;
}

Expectations expectations_of(const Model& model, const CellTable& cells, const TestPart& test,
                             const Control& control) {
  Expectations expectations = learn_expectations(cells, model.schema, control);
  expectations.probabilities = bin_probabilities(TestScoring::score(model, test, control).list());
  return expectations;
}

std::string save_model(const ModelToSave& made, const ModelPlace& place,
                       const TrainRequest& request, RunRecord& record, const Say& say) {
  const Stopwatch watch(record.timings, "save");
  say(saving_text(request.style, store_title(request.store)));
  const std::string replaced = target_of_replaced(place);
  std::string onnx = model_to_onnx(made.model, &made.expectations);
  const std::string pickle = model_to_pickle(onnx);
  const auto outcome = write_pair_if_match(*place.store, {place.onnx_key, onnx},
                                           {place.pkl_key, pickle}, place.onnx_etag);
  if (!outcome.written) {
    throw Error(ErrorKind::external, "Another process wrote " + place.store->uri(place.onnx_key) +
                                         " while this run was at work; its model was left as it "
                                         "is. Run again, or name another place with --model.");
  }
  record.model_paths = {{"onnx", place.store->uri(place.onnx_key)},
                        {"pkl", place.store->uri(place.pkl_key)}};
  say(saved_text(request.style, record.model_paths["pkl"]));
  if (!replaced.empty() && replaced != made.model.schema.target.name) {
    warn("The model of '" + replaced + "' that was there is replaced; --model names another place.",
         record);
  }
  return onnx;
}

void track_run(const std::string& onnx, const TrainRequest& request, RunRecord& record,
               const Say& say, const Control& control) {
  const std::filesystem::path folder = [&] {
    const Stopwatch watch(record.timings, "track");
    const auto written =
        write_run(request.track.journal, record, {{std::string(kModelArtifact), onnx}});
    send(written, request, record, control);
    return written;
  }();
  rewrite_record(folder, record);
  say(complete_text(request.style, record, folder.string()));
  try {
    draw_importance(folder, request, record);
    if (!record.mlflow_run_id.empty()) send(folder, request, record, control);  // the figure, too
  } catch (const Error& error) {  // the model is saved and the run is kept: a figure costs neither
    log(LogLevel::warning, error.what());
  }
}

}  // namespace rarewood
