#include "rarewood/track/send_state.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/track/journal.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kStateFile = "sent.json";

/// A key that is absent leaves its member as it is: older notes have fewer.
template <typename T>
void read(const Json& json, const char* key, T& value) {
  if (json.contains(key)) json.at(key).get_to(value);
}

SentModel model_from(const Json& json) {
  SentModel model;
  read(json, "id", model.id);
  read(json, "artifact_uri", model.artifact_uri);
  read(json, "ready", model.ready);
  read(json, "linked", model.linked);
  read(json, "version", model.version);
  read(json, "aliased", model.aliased);
  return model;
}

SendState state_from(const Json& json) {
  SendState state;
  json.at("tracking_uri").get_to(state.tracking_uri);
  json.at("experiment_id").get_to(state.experiment_id);
  json.at("mlflow_run_id").get_to(state.mlflow_run_id);
  json.at("artifact_uri").get_to(state.artifact_uri);
  json.at("facts_sent").get_to(state.facts_sent);
  read(json, "inputs_sent", state.inputs_sent);
  json.at("ended").get_to(state.ended);
  read(json, "without_models", state.without_models);
  if (json.contains("model")) state.model = model_from(json.at("model"));
  json.at("artifacts_sent").get_to(state.artifacts_sent);
  read(json, "complete", state.complete);
  read(json, "deleted", state.deleted);
  json.at("problem").get_to(state.problem);
  return state;
}

Json json_of(const SentModel& model) {
  return {{"id", model.id},           {"artifact_uri", model.artifact_uri},
          {"ready", model.ready},     {"linked", model.linked},
          {"version", model.version}, {"aliased", model.aliased}};
}

}  // namespace

SendState read_send_state(const std::filesystem::path& folder, const std::string& tracking_uri) {
  SendState fresh;
  fresh.tracking_uri = tracking_uri;
  if (!std::filesystem::exists(folder / kStateFile)) return fresh;
  try {
    const SendState state = state_from(Json::parse(read_file(folder / kStateFile)));
    return state.tracking_uri == tracking_uri ? state : fresh;
  } catch (const nlohmann::json::exception&) {
    return fresh;
  }
}

void write_send_state(const std::filesystem::path& folder, const SendState& state) {
  const Json json = {{"tracking_uri", state.tracking_uri},
                     {"experiment_id", state.experiment_id},
                     {"mlflow_run_id", state.mlflow_run_id},
                     {"artifact_uri", state.artifact_uri},
                     {"facts_sent", state.facts_sent},
                     {"inputs_sent", state.inputs_sent},
                     {"ended", state.ended},
                     {"without_models", state.without_models},
                     {"model", json_of(state.model)},
                     {"artifacts_sent", state.artifacts_sent},
                     {"complete", state.complete},
                     {"deleted", state.deleted},
                     {"problem", state.problem}};
  replace_file(folder / kStateFile,
               json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

bool is_sent(const std::filesystem::path& folder, const SendState& state) {
  if (state.deleted) return true;
  return state.complete && std::ranges::all_of(artifact_names(folder), [&](const auto& name) {
           return state.artifacts_sent.contains(name);
         });
}

}  // namespace rarewood
