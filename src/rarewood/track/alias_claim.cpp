#include "rarewood/track/alias_claim.hpp"

#include <algorithm>
#include <utility>

#include "rarewood/base/encoding.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/track/mlflow_call.hpp"

namespace rarewood {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kPage = 200;   // versions an answer
constexpr std::size_t kLatest = 50;  // versions among which a greater claim is looked for
constexpr int kTurns = 10;           // each needs a version that was made during the one before

std::int64_t number(const std::string& text) { return parse_int64(text).value_or(0); }

/// One page of versions, newest first. \return the token of the next; "" = there is none
std::string add_page(const TrackingServer& server, const std::string& name,
                     const std::string& query, std::vector<VersionClaim>& versions) {
  const TrackingReply reply = get_call(server, "model-versions/search?" + query);
  if (reply.error_code == "RESOURCE_DOES_NOT_EXIST") return "";
  if (!reply.error_code.empty()) refuse_call(server, "a search for versions", reply.message);
  const Json found = Json::parse(reply.body);
  if (!found.contains("model_versions")) return "";
  for (const Json& version : found.at("model_versions")) {
    if (version.value("name", "") == name) versions.push_back(claim_from(version));
  }
  return found.value("next_page_token", "");
}

/// The move to the rightful version where that outranks the one it is set to.
bool correct(const std::vector<VersionClaim>& versions, AliasMove& move) {
  const VersionClaim* better = rightful(versions, move.claim);
  if (better == nullptr || !outranks(*better, move.to, move.claim)) return false;
  move.to = *better;
  return true;
}

void set_alias(const TrackingServer& server, const std::string& name, const AliasMove& move) {
  constexpr const char* kCall = "registered-models/alias";
  const std::string body =
      json_text({{"name", name}, {"alias", move.alias}, {"version", move.to.version}});
  const TrackingReply reply =
      ask_again_if_refused(server, {.path = call_path(kCall), .body = body});
  if (!reply.error_code.empty()) refuse_call(server, kCall, reply.message);
}

}  // namespace

VersionClaim claim_from(const Json& version) {
  VersionClaim claim{.version = version.value("version", "")};
  if (!version.contains("tags")) return claim;
  for (const Json& tag : version.at("tags")) {
    const std::string key = tag.value("key", "");
    const std::string value = tag.value("value", "");
    if (key == kStartedTag) claim.started_ms = number(value);
    if (key == kInUseTag) claim.in_use_ms = number(value);
    if (key == kModelIdTag) claim.model_id = value;
  }
  return claim;
}

bool outranks(const VersionClaim& one, const VersionClaim& other, ClaimKind claim) {
  return std::pair(one.*claim, number(one.version)) >
         std::pair(other.*claim, number(other.version));
}

const VersionClaim* rightful(const std::vector<VersionClaim>& versions, ClaimKind claim) {
  const VersionClaim* greatest = nullptr;
  for (const VersionClaim& version : versions) {
    if (version.*claim <= 0) continue;
    if (greatest == nullptr || outranks(version, *greatest, claim)) greatest = &version;
  }
  return greatest;
}

std::vector<VersionClaim> list_versions(const TrackingServer& server, const std::string& name,
                                        std::size_t most) {
  const std::string query = "filter=" + uri_encode("name = '" + name + "'", false) +
                            "&order_by=" + uri_encode("version_number DESC", false) +
                            "&max_results=" + std::to_string(most == 0 ? kPage : most);
  std::vector<VersionClaim> versions;
  std::string next = add_page(server, name, query, versions);
  while (most == 0 && !next.empty()) {
    next = add_page(server, name, query + "&page_token=" + uri_encode(next, false), versions);
  }
  return versions;
}

std::vector<std::string> settle_aliases(const TrackingServer& server, const std::string& name,
                                        std::vector<AliasMove> moves) {
  std::vector<bool> open(moves.size(), true);
  for (int turn = 0; std::ranges::find(open, true) != open.end(); ++turn) {
    if (turn == kTurns) {
      refuse_call(server, "the aliases of '" + name + "'",
                  "others keep making newer versions. 'rarewood sync' tries again.");
    }
    for (std::size_t m = 0; m < moves.size(); ++m) {
      if (open[m]) set_alias(server, name, moves[m]);
    }
    const std::vector<VersionClaim> versions = list_versions(server, name, kLatest);
    for (std::size_t m = 0; m < moves.size(); ++m) open[m] = open[m] && correct(versions, moves[m]);
  }
  std::vector<std::string> set;
  for (const AliasMove& move : moves) set.push_back(move.to.version);
  return set;
}

}  // namespace rarewood
