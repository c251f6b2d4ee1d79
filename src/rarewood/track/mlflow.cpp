#include "rarewood/track/mlflow.hpp"

#include <nlohmann/json.hpp>

#include "rarewood/base/error.hpp"
#include "rarewood/store/aws_signature.hpp"
#include "rarewood/track/log_batch.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::json;

constexpr const char* kPrefix = "/api/2.0/mlflow/";
constexpr std::string_view kProxied = "mlflow-artifacts:/";

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

[[noreturn]] void refuse(const TrackingServer& server, const std::string& what,
                         const std::string& why) {
  throw Error(ErrorKind::external,
              "The tracking server at " + server.address().url + " refused " + what + ": " + why);
}

TrackingReply ask(const TrackingServer& server, const std::string& call, const Json& body) {
  const std::string text = dumped(body);
  return server.ask({.path = kPrefix + call, .body = text});
}

/// The result of a call; a refusal of any kind is an error.
Json result_of(const TrackingServer& server, const std::string& call, const Json& body) {
  const TrackingReply reply = ask(server, call, body);
  if (!reply.error_code.empty()) refuse(server, call, reply.message);
  return Json::parse(reply.body);
}

/// A text deep in a result; an answer without it is not MLflow's.
std::string text_at(const TrackingServer& server, const Json& json, const std::string& pointer) {
  const Json::json_pointer at(pointer);
  if (!json.contains(at) || !json.at(at).is_string()) {
    refuse(server, "a run", "its answer lacks '" + pointer + "'. Is it an MLflow server?");
  }
  return json.at(at).get<std::string>();
}

/// The run at a place in a result: "/run", "/runs/0".
MlflowRun run_at(const TrackingServer& server, const Json& json, const std::string& pointer) {
  return {.id = text_at(server, json, pointer + "/info/run_id"),
          .artifact_uri = text_at(server, json, pointer + "/info/artifact_uri")};
}

std::string experiment_by_name(const TrackingServer& server, const std::string& name) {
  const TrackingReply reply =
      server.ask({.method = "GET",
                  .path = std::string(kPrefix) +
                          "experiments/get-by-name?experiment_name=" + uri_encode(name, false),
                  .body = ""});
  if (reply.error_code == "RESOURCE_DOES_NOT_EXIST") return "";
  if (!reply.error_code.empty()) refuse(server, "experiment '" + name + "'", reply.message);
  const Json found = Json::parse(reply.body);
  const Json::json_pointer stage("/experiment/lifecycle_stage");
  if (found.contains(stage) && found.at(stage) == "deleted") {
    refuse(server, "experiment '" + name + "'",
           "it is deleted there. Restore it in MLflow, or give another --experiment.");
  }
  return text_at(server, found, "/experiment/experiment_id");
}

}  // namespace

std::string mlflow_experiment(const TrackingServer& server, const std::string& name) {
  std::string id = experiment_by_name(server, name);
  if (!id.empty()) return id;
  const TrackingReply made = ask(server, "experiments/create", {{"name", name}});
  if (made.error_code == "RESOURCE_ALREADY_EXISTS") return experiment_by_name(server, name);
  if (!made.error_code.empty()) refuse(server, "experiment '" + name + "'", made.message);
  return text_at(server, Json::parse(made.body), "/experiment_id");
}

std::optional<MlflowRun> find_mlflow_run(const TrackingServer& server,
                                         const std::string& experiment_id,
                                         const std::string& run_id) {
  const Json found = result_of(server, "runs/search",
                               {{"experiment_ids", {experiment_id}},
                                {"filter", "tags.`rarewood.run_key` = '" + run_id + "'"},
                                {"max_results", 1}});
  if (!found.contains(Json::json_pointer("/runs/0"))) return std::nullopt;
  return run_at(server, found, "/runs/0");
}

MlflowRun create_mlflow_run(const TrackingServer& server, const std::string& experiment_id,
                            const RunRecord& record) {
  Json body = {{"experiment_id", experiment_id},
               {"start_time", record.started_at_ms},
               {"tags", {{{"key", "rarewood.run_key"}, {"value", record.run_id}}}}};
  if (!record.run_name.empty()) body["run_name"] = record.run_name;
  return run_at(server, result_of(server, "runs/create", body), "/run");
}

void log_mlflow_facts(const TrackingServer& server, const std::string& run,
                      const TrackedFacts& facts, std::int64_t time_ms) {
  for (const std::string& body : log_batches(run, facts, time_ms)) {
    const TrackingReply reply =
        server.ask({.path = std::string(kPrefix) + "runs/log-batch", .body = body});
    if (!reply.error_code.empty()) refuse(server, "runs/log-batch", reply.message);
  }
}

void end_mlflow_run(const TrackingServer& server, const std::string& run, const RunRecord& record) {
  result_of(server, "runs/update",
            {{"run_id", run}, {"status", record.status}, {"end_time", record.ended_at_ms}});
}

bool takes_artifacts(const MlflowRun& run) {
  return run.artifact_uri.starts_with(kProxied) &&
         !run.artifact_uri.starts_with(std::string(kProxied) + "/");
}

void put_mlflow_artifact(const TrackingServer& server, const MlflowRun& run,
                         const std::string& name, std::string_view bytes) {
  const std::string place = run.artifact_uri.substr(kProxied.size()) + "/" + name;
  const TrackingReply reply =
      server.ask({.method = "PUT",
                  .path = "/api/2.0/mlflow-artifacts/artifacts/" + uri_encode(place, true),
                  .body = bytes,
                  .content_type = "application/octet-stream"});
  if (!reply.error_code.empty()) refuse(server, "the file " + name, reply.message);
}

std::string mlflow_run_page(const std::string& tracking_uri, const std::string& experiment_id,
                            const std::string& run) {
  return tracking_uri + "/#/experiments/" + experiment_id + "/runs/" + run;
}

}  // namespace rarewood
