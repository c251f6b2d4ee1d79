#include "rarewood/track/logged_model.hpp"

#include <algorithm>

#include "rarewood/track/mlflow_call.hpp"
#include "rarewood/track/tracked_facts.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongestValue = 5000;

Json key_values(const std::vector<std::pair<std::string, std::string>>& pairs) {
  Json items = Json::array();
  for (const auto& [key, value] : pairs) {
    if (value.size() <= kLongestValue) items.push_back({{"key", key}, {"value", value}});
  }
  return items;
}

/// What tells the model file from others, and the run.
Json tags_of(const RunRecord& record) {
  std::vector<std::pair<std::string, std::string>> tags{{"rarewood.run_key", record.run_id}};
  std::ranges::copy_if(record.tags, std::back_inserter(tags),
                       [](const auto& tag) { return tag.first.starts_with("rarewood."); });
  return key_values(tags);
}

LoggedModel model_at(const TrackingServer& server, const Json& json, const std::string& pointer) {
  return {text_at(server, json, pointer + "/info/model_id"),
          text_at(server, json, pointer + "/info/artifact_uri")};
}

}  // namespace

std::optional<LoggedModel> find_logged_model(const TrackingServer& server,
                                             const std::string& experiment_id,
                                             const std::string& run_id) {
  const Json found = result_of_call(server, "logged-models/search",
                                    {{"experiment_ids", {experiment_id}},
                                     {"filter", "tags.`rarewood.run_key` = '" + run_id + "'"},
                                     {"max_results", 1}});
  if (!found.contains(Json::json_pointer("/models/0"))) return std::nullopt;
  return model_at(server, found, "/models/0");
}

LoggedModel create_logged_model(const TrackingServer& server, const ModelSource& source,
                                const RunRecord& record) {
  const std::string& name = record.registered_model;
  const Json body = {{"experiment_id", source.experiment_id},
                     {"name", name.empty() ? "classification_model" : name},
                     {"model_type", param_of(record, "learner")},
                     {"source_run_id", source.run},
                     {"params", key_values(record.params)},
                     {"tags", tags_of(record)}};
  return model_at(server, made_by_call(server, "logged-models", body), "/model");
}

void finish_logged_model(const TrackingServer& server, const std::string& model) {
  const std::string body = json_text({{"model_id", model}, {"status", "LOGGED_MODEL_READY"}});
  const TrackingReply reply = server.ask(
      {.method = "PATCH", .path = "/api/2.0/mlflow/logged-models/" + model, .body = body});
  if (!reply.error_code.empty()) refuse_call(server, "the model", reply.message);
}

bool is_linked(const TrackingServer& server, const std::string& run, const std::string& model) {
  const TrackingReply known = get_call(server, "runs/get?run_id=" + run);
  if (!known.error_code.empty()) refuse_call(server, "the run", known.message);
  const Json found = Json::parse(known.body);
  const Json::json_pointer outputs("/run/outputs/model_outputs");
  return found.contains(outputs) && std::ranges::any_of(found.at(outputs), [&](const Json& output) {
           return output.value("model_id", "") == model;
         });
}

void link_logged_model(const TrackingServer& server, const std::string& run,
                       const std::string& model) {
  const Json output = {{"model_id", model}, {"step", 0}};
  made_by_call(server, "runs/outputs", {{"run_id", run}, {"models", Json::array({output})}});
}

}  // namespace rarewood
