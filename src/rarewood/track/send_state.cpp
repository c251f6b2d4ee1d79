#include "rarewood/track/send_state.hpp"

#include <nlohmann/json.hpp>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kStateFile = "sent.json";

SendState state_from(const Json& json) {
  SendState state;
  json.at("tracking_uri").get_to(state.tracking_uri);
  json.at("experiment_id").get_to(state.experiment_id);
  json.at("mlflow_run_id").get_to(state.mlflow_run_id);
  json.at("artifact_uri").get_to(state.artifact_uri);
  json.at("facts_sent").get_to(state.facts_sent);
  json.at("ended").get_to(state.ended);
  json.at("artifacts_sent").get_to(state.artifacts_sent);
  json.at("problem").get_to(state.problem);
  return state;
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
  const Json json = {
      {"tracking_uri", state.tracking_uri},     {"experiment_id", state.experiment_id},
      {"mlflow_run_id", state.mlflow_run_id},   {"artifact_uri", state.artifact_uri},
      {"facts_sent", state.facts_sent},         {"ended", state.ended},
      {"artifacts_sent", state.artifacts_sent}, {"problem", state.problem}};
  write_file_whole(folder / kStateFile,
                   json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace rarewood
