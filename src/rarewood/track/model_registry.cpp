#include "rarewood/track/model_registry.hpp"

#include <algorithm>
#include <vector>

#include "rarewood/base/encoding.hpp"
#include "rarewood/track/alias_claim.hpp"
#include "rarewood/track/mlflow_call.hpp"
#include "rarewood/track/run_words.hpp"
#include "rarewood/track/tracked_facts.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::json;

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

void make_registered_model(const TrackingServer& server, const RunRecord& record) {
  const std::string& name = record.registered_model;
  const TrackingReply made =
      post_call(server, "registered-models/create",
                {{"name", name}, {"description", registered_model_description(record)}});
  if (made.error_code.empty() || made.error_code == "RESOURCE_ALREADY_EXISTS") return;
  refuse_call(server, title(name), made.message);
}

/// Whether the run wrote the very model file that the registry's name stands for: what reads the
/// store uses it from then on.
bool is_in_use(const RunRecord& record) {
  const auto place = record.model_paths.find("onnx");
  return place != record.model_paths.end() &&
         place->second.ends_with("/" + record.registered_model + ".onnx");
}

bool leaks(const RunRecord& record) { return has_level(record.findings, FindingLevel::proved); }

/// What the run's version claims; a model with a proved leak does not claim to be the champion.
VersionClaim claim_of(const std::string& version, const RunRecord& record) {
  VersionClaim claim{.version = version, .started_ms = record.started_at_ms};
  if (is_in_use(record) && !leaks(record)) claim.in_use_ms = record.ended_at_ms;
  return claim;
}

Json version_tags(const RunRecord& record) {
  Json tags = Json::array();
  const auto add = [&](const std::string& key, const std::string& value) {
    tags.push_back({{"key", key}, {"value", value}});
  };
  add("rarewood.run_key", record.run_id);
  const VersionClaim claim = claim_of("", record);
  add(kStartedTag, std::to_string(claim.started_ms));
  if (claim.in_use_ms > 0) add(kInUseTag, std::to_string(claim.in_use_ms));
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

/// What the version claims that an alias points to.
VersionClaim claim_of_holder(const TrackingServer& server, const std::string& name,
                             const std::string& version) {
  if (version.empty()) return {};
  const Json found = find_call(
      server, "model-versions/get?name=" + uri_encode(name, false) + "&version=" + version,
      title(name));
  const Json::json_pointer at("/model_version");
  return found.is_object() && found.contains(at) ? claim_from(found.at(at)) : VersionClaim{};
}

/// Note on a version since when it is the model in use.
void claim_champion(const TrackingServer& server, const std::string& name,
                    const VersionClaim& version) {
  result_of_call(server, "model-versions/set-tag",
                 {{"name", name},
                  {"version", version.version},
                  {"key", kInUseTag},
                  {"value", std::to_string(version.in_use_ms)}});
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
  const std::string body = json_text({{"name", name},
                                      {"source", "models:/" + model},
                                      {"run_id", run},
                                      {"model_id", model},
                                      {"description", version_description(record)},
                                      {"tags", version_tags(record)}});
  const TrackingRequest request{
      .path = "/api/2.0/mlflow/model-versions/create", .body = body, .makes = true};
  TrackingReply made = server.ask(request);
  if (made.error_code == kNone) {
    make_registered_model(server, record);
    made = server.ask(request);
  }
  if (!made.error_code.empty()) refuse_call(server, "a version of " + title(name), made.message);
  return text_at(server, Json::parse(made.body), "/model_version/version");
}

void set_aliases(const TrackingServer& server, const std::string& version,
                 const RunRecord& record) {
  const std::string& name = record.registered_model;
  const Json model = registered_model(server, name);
  const VersionClaim own = claim_of(version, record);
  const std::string challenger = aliased(model, kChallenger);
  const std::string champion = aliased(model, kChampion);
  const VersionClaim challenging = claim_of_holder(server, name, challenger);
  const VersionClaim championing =
      champion == challenger ? challenging : claim_of_holder(server, name, champion);
  std::vector<AliasMove> moves;
  if (challenger != version && outranks(own, challenging, &VersionClaim::started_ms)) {
    moves.push_back({kChallenger, &VersionClaim::started_ms, own});
  }
  const bool claims = own.in_use_ms > 0 && outranks(own, championing, &VersionClaim::in_use_ms);
  if (champion != version && (claims || (champion.empty() && !leaks(record)))) {
    moves.push_back({kChampion, &VersionClaim::in_use_ms, own});
  }
  settle_aliases(server, name, moves);
}

std::string point_champion(const TrackingServer& server, const std::string& name,
                           const std::string& model_id, std::int64_t since_ms) {
  const std::vector<VersionClaim> versions = list_versions(server, name, 0);  // newest first
  const auto carries = [&](const VersionClaim& version) { return version.model_id == model_id; };
  const auto newest = std::ranges::find_if(versions, carries);
  if (newest == versions.end()) {
    throw Error(ErrorKind::external, "No version of " + title(name) + " carries model " + model_id +
                                         ". Train the challenger with --registered-model " + name +
                                         ", or send its run with 'rarewood sync'.");
  }
  std::string current = aliased(registered_model(server, name), kChampion);
  const auto held = std::ranges::find_if(
      versions, [&](const auto& each) { return each.version == current && carries(each); });
  VersionClaim chosen = held == versions.end() ? *newest : *held;
  const VersionClaim* greatest = rightful(versions, &VersionClaim::in_use_ms);
  const bool is_rightful = greatest != nullptr && greatest->version == chosen.version;
  if (is_rightful && chosen.version == current) return current;
  if (!is_rightful) {  // later than what a machine whose clock is ahead has claimed
    chosen.in_use_ms = std::max(since_ms, greatest == nullptr ? 0 : greatest->in_use_ms + 1);
    claim_champion(server, name, chosen);
  }
  return settle_aliases(server, name, {{kChampion, &VersionClaim::in_use_ms, chosen}}).front();
}

}  // namespace rarewood
