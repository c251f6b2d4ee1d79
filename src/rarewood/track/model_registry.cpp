#include "rarewood/track/model_registry.hpp"

#include <algorithm>
#include <vector>

#include "rarewood/base/text.hpp"
#include "rarewood/store/aws_signature.hpp"
#include "rarewood/track/mlflow_call.hpp"
#include "rarewood/track/tracked_facts.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::json;

constexpr const char* kStartedTag = "rarewood.started_at_ms";
constexpr const char* kNone = "RESOURCE_DOES_NOT_EXIST";

/// A result, or null where there is no such thing.
Json find_call(const TrackingServer& server, const std::string& call, const std::string& what) {
  const TrackingReply reply = get_call(server, call);
  if (reply.error_code == kNone) return nullptr;
  if (!reply.error_code.empty()) refuse_call(server, what, reply.message);
  return Json::parse(reply.body);
}

std::string title(const std::string& name) { return "the registered model '" + name + "'"; }

Json registered_model(const TrackingServer& server, const std::string& name) {
  return find_call(server, "registered-models/get?name=" + uri_encode(name, false), title(name));
}

void ensure_registered_model(const TrackingServer& server, const std::string& name) {
  if (!registered_model(server, name).is_null()) return;
  const TrackingReply made = post_call(server, "registered-models/create", {{"name", name}});
  if (made.error_code.empty() || made.error_code == "RESOURCE_ALREADY_EXISTS") return;
  refuse_call(server, title(name), made.message);
}

Json version_tags(const RunRecord& record) {
  Json tags = Json::array();
  const auto add = [&](const std::string& key, const std::string& value) {
    tags.push_back({{"key", key}, {"value", value}});
  };
  add("rarewood.run_key", record.run_id);
  add(kStartedTag, std::to_string(record.started_at_ms));
  add("rarewood.data_fingerprint", record.data.fingerprint);
  add("rarewood.leak", leak_text(record));
  for (const auto& [key, value] : record.tags) {
    if (key.starts_with("rarewood.model_") || key == "rarewood.version") add(key, value);
  }
  return tags;
}

/// Version that an alias points to; "" = there is no such alias.
std::string aliased(const Json& model, const std::string& alias) {
  const Json::json_pointer aliases("/registered_model/aliases");
  if (!model.contains(aliases)) return "";
  for (const Json& item : model.at(aliases)) {
    if (item.value("alias", "") == alias) return item.value("version", "");
  }
  return "";
}

/// When the run of a version began; 0 where it does not say.
std::int64_t start_of(const TrackingServer& server, const std::string& name,
                      const std::string& version) {
  const Json found = find_call(
      server, "model-versions/get?name=" + uri_encode(name, false) + "&version=" + version,
      title(name));
  const Json::json_pointer tags("/model_version/tags");
  if (!found.is_object() || !found.contains(tags)) return 0;
  for (const Json& tag : found.at(tags)) {
    if (tag.value("key", "") == kStartedTag) return parse_int64(tag.value("value", "")).value_or(0);
  }
  return 0;
}

void set_alias(const TrackingServer& server, const std::string& name, const std::string& alias,
               const std::string& version) {
  result_of_call(server, "registered-models/alias",
                 {{"name", name}, {"alias", alias}, {"version", version}});
}

/// Whether the run wrote the very model file that the registry's name stands for: what reads the
/// store uses it from then on.
bool is_in_use(const RunRecord& record) {
  const auto place = record.model_paths.find("onnx");
  return place != record.model_paths.end() &&
         place->second.ends_with("/" + record.registered_model + ".onnx");
}

std::string tag_of(const Json& version, const std::string& key) {
  if (!version.contains("tags")) return "";
  for (const Json& tag : version.at("tags")) {
    if (tag.value("key", "") == key) return tag.value("value", "");
  }
  return "";
}

/// All versions that carry this model id, the server's pages put together.
std::vector<std::string> versions_of_model(const TrackingServer& server, const std::string& name,
                                           const std::string& model_id) {
  const std::string filter = uri_encode("name = '" + name + "'", false);
  std::vector<std::string> versions;
  std::string page;
  do {
    const std::string call = "model-versions/search?filter=" + filter +
                             (page.empty() ? "" : "&page_token=" + uri_encode(page, false));
    const Json found = find_call(server, call, "a search for versions");
    page.clear();
    if (!found.is_object() || !found.contains("model_versions")) break;
    for (const Json& version : found.at("model_versions")) {
      const bool carries =
          version.value("name", "") == name && tag_of(version, "rarewood.model_id") == model_id;
      if (carries) versions.push_back(version.value("version", ""));
    }
    page = found.value("next_page_token", "");
  } while (!page.empty());
  return versions;
}

}  // namespace

std::string version_of_run(const TrackingServer& server, const std::string& name,
                           const std::string& run) {
  const std::string filter = uri_encode("run_id = '" + run + "'", false);
  const Json found =
      find_call(server, "model-versions/search?filter=" + filter, "a search for versions");
  if (!found.is_object() || !found.contains("model_versions")) return "";
  for (const Json& version : found.at("model_versions")) {
    if (version.value("name", "") == name) return version.value("version", "");
  }
  return "";
}

std::string create_version(const TrackingServer& server, const std::string& run,
                           const std::string& model, const RunRecord& record) {
  const std::string& name = record.registered_model;
  ensure_registered_model(server, name);
  const Json made = made_by_call(server, "model-versions/create",
                                 {{"name", name},
                                  {"source", "models:/" + model},
                                  {"run_id", run},
                                  {"model_id", model},
                                  {"tags", version_tags(record)}});
  return text_at(server, made, "/model_version/version");
}

void set_aliases(const TrackingServer& server, const std::string& version,
                 const RunRecord& record) {
  const std::string& name = record.registered_model;
  const Json model = registered_model(server, name);
  const std::string challenger = aliased(model, kChallenger);
  const bool is_newest = challenger.empty() || challenger == version ||
                         start_of(server, name, challenger) <= record.started_at_ms;
  if (is_newest && challenger != version) set_alias(server, name, kChallenger, version);
  const bool leaks = has_level(record.findings, FindingLevel::proved);
  const std::string champion = aliased(model, kChampion);
  const bool is_champion = champion.empty() || (is_newest && is_in_use(record));
  if (!leaks && is_champion && champion != version) set_alias(server, name, kChampion, version);
}

std::string point_champion(const TrackingServer& server, const std::string& name,
                           const std::string& model_id) {
  const std::vector<std::string> versions = versions_of_model(server, name, model_id);
  if (versions.empty()) {
    throw Error(ErrorKind::external, "No version of " + title(name) + " carries model " + model_id +
                                         ". Train the challenger with --registered-model " + name +
                                         ", or send its run with 'rarewood sync'.");
  }
  std::string current = aliased(registered_model(server, name), kChampion);
  if (std::ranges::find(versions, current) != versions.end()) return current;
  std::string newest = *std::ranges::max_element(
      versions, {}, [](const std::string& text) { return parse_int64(text).value_or(0); });
  set_alias(server, name, kChampion, newest);
  return newest;
}

}  // namespace rarewood
