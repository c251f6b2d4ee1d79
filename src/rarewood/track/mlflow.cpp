#include "rarewood/track/mlflow.hpp"

#include <nlohmann/json.hpp>

#include "rarewood/base/encoding.hpp"
#include "rarewood/base/error.hpp"
#include "rarewood/track/log_batch.hpp"
#include "rarewood/track/mlflow_call.hpp"
#include "rarewood/track/mlflow_dataset.hpp"
#include "rarewood/track/run_words.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kProxied = "mlflow-artifacts:/";

/// The run at a place in a result: "/run", "/runs/0".
MlflowRun run_at(const TrackingServer& server, const Json& json, const std::string& pointer) {
  return {.id = text_at(server, json, pointer + "/info/run_id"),
          .artifact_uri = text_at(server, json, pointer + "/info/artifact_uri")};
}

std::string experiment_by_name(const TrackingServer& server, const std::string& name) {
  const TrackingReply reply =
      get_call(server, "experiments/get-by-name?experiment_name=" + uri_encode(name, false));
  if (reply.error_code == "RESOURCE_DOES_NOT_EXIST") return "";
  if (!reply.error_code.empty()) refuse_call(server, "experiment '" + name + "'", reply.message);
  const Json found = Json::parse(reply.body);
  const Json::json_pointer stage("/experiment/lifecycle_stage");
  if (found.contains(stage) && found.at(stage) == "deleted") {
    refuse_call(server, "experiment '" + name + "'",
                "it is deleted there. Restore it in MLflow, or give another --experiment.");
  }
  return text_at(server, found, "/experiment/experiment_id");
}

}  // namespace

std::string mlflow_experiment(const TrackingServer& server, const std::string& name) {
  std::string id = experiment_by_name(server, name);
  if (!id.empty()) return id;
  const TrackingReply made = post_call(server, "experiments/create", {{"name", name}});
  if (made.error_code == "RESOURCE_ALREADY_EXISTS") return experiment_by_name(server, name);
  if (!made.error_code.empty()) refuse_call(server, "experiment '" + name + "'", made.message);
  return text_at(server, Json::parse(made.body), "/experiment_id");
}

std::optional<MlflowRun> find_mlflow_run(const TrackingServer& server,
                                         const std::string& experiment_id,
                                         const std::string& run_id) {
  const Json found = result_of_call(server, "runs/search",
                                    {{"experiment_ids", {experiment_id}},
                                     {"filter", "tags.`rarewood.run_key` = '" + run_id + "'"},
                                     {"max_results", 1}});
  if (!found.contains(Json::json_pointer("/runs/0"))) return std::nullopt;
  return run_at(server, found, "/runs/0");
}

bool is_deleted_mlflow_run(const TrackingServer& server, const std::string& run) {
  const TrackingReply reply = get_call(server, "runs/get?run_id=" + uri_encode(run, false));
  if (reply.error_code == "RESOURCE_DOES_NOT_EXIST") return true;  // its trash was emptied, too
  if (!reply.error_code.empty()) refuse_call(server, "a run", reply.message);
  const Json found = Json::parse(reply.body);
  const Json::json_pointer stage("/run/info/lifecycle_stage");
  return found.contains(stage) && found.at(stage) == "deleted";
}

MlflowRun create_mlflow_run(const TrackingServer& server, const std::string& experiment_id,
                            const RunRecord& record) {
  const Json body = {{"experiment_id", experiment_id},
                     {"run_name", run_title(record)},
                     {"start_time", record.started_at_ms},
                     {"tags", {{{"key", "rarewood.run_key"}, {"value", record.run_id}}}}};
  return run_at(server, made_by_call(server, "runs/create", body), "/run");
}

void log_mlflow_facts(const TrackingServer& server, const FactsOf& of, const TrackedFacts& facts) {
  for (const std::string& body : log_batches(of, facts)) {
    const TrackingReply reply = server.ask({.path = call_path("runs/log-batch"), .body = body});
    if (!reply.error_code.empty()) refuse_call(server, "runs/log-batch", reply.message);
  }
}

void log_mlflow_dataset(const TrackingServer& server, const std::string& run,
                        const RunRecord& record) {
  if (record.data.fingerprint.empty()) return;
  const std::string body = dataset_input(run, record);
  const TrackingReply reply =
      ask_again_if_refused(server, {.path = call_path("runs/log-inputs"), .body = body});
  if (!reply.error_code.empty()) refuse_call(server, "runs/log-inputs", reply.message);
}

void end_mlflow_run(const TrackingServer& server, const std::string& run, const RunRecord& record) {
  result_of_call(server, "runs/update",
                 {{"run_id", run}, {"status", record.status}, {"end_time", record.ended_at_ms}});
}

bool takes_artifacts(const std::string& artifact_uri) {
  return artifact_uri.starts_with(kProxied) &&
         !artifact_uri.starts_with(std::string(kProxied) + "/");
}

void put_mlflow_artifact(const TrackingServer& server, const std::string& artifact_uri,
                         const Artifact& file) {
  if (!takes_artifacts(artifact_uri)) {
    throw Error(ErrorKind::external, "The tracking server keeps files at '" + artifact_uri +
                                         "', where only programs beside it can write. Start it "
                                         "with --serve-artifacts.");
  }
  const std::string place = artifact_uri.substr(kProxied.size()) + "/" + file.name;
  const TrackingReply reply =
      server.ask({.method = "PUT",
                  .path = "/api/2.0/mlflow-artifacts/artifacts/" + uri_encode(place, true),
                  .body = file.bytes,
                  .content_type = "application/octet-stream"});
  if (!reply.error_code.empty()) refuse_call(server, "the file " + file.name, reply.message);
}

std::string mlflow_run_page(const std::string& tracking_uri, const std::string& experiment_id,
                            const std::string& run) {
  return tracking_uri + "/#/experiments/" + experiment_id + "/runs/" + run;
}

}  // namespace rarewood
