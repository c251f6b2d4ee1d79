#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "rarewood/track/tracking_server.hpp"

namespace rarewood {

// Which version of a registered model an alias belongs to, and how senders that do not know of each
// other come to agree about it. MLflow has no "set if unchanged", so whoever sets an alias looks
// again afterwards; why that is enough is in docs/decision/tracking.md. Only .cpp files of this
// room and tests include this.

inline constexpr const char* kStartedTag = "rarewood.started_at_ms";
inline constexpr const char* kInUseTag = "rarewood.in_use_since_ms";
inline constexpr const char* kModelIdTag = "rarewood.model_id";

/// A version of a registered model with what it claims by its tags. Versions never go back on a
/// claim: it may grow, and that is all.
struct VersionClaim {
  std::string version;          ///< "3"
  std::string model_id;         ///< of the model file; "" = not told
  std::int64_t started_ms = 0;  ///< when its run began: the claim to `challenger`
  std::int64_t in_use_ms = 0;   ///< since when it is the model in use: the claim to `champion`
};

/// Which of the claims counts.
using ClaimKind = std::int64_t VersionClaim::*;

/// An alias and the version it is going to point to.
struct AliasMove {
  std::string alias;
  ClaimKind claim;
  VersionClaim to;
};

/// From the server's JSON of a version; tags that are absent or no numbers claim nothing.
VersionClaim claim_from(const nlohmann::json& version);

/// The greater claim first; of equal ones the later version.
bool outranks(const VersionClaim& one, const VersionClaim& other, ClaimKind claim);

/// The version with the greatest claim; null where none claims anything.
const VersionClaim* rightful(const std::vector<VersionClaim>& versions, ClaimKind claim);

/// The latest versions of a model, newest first; none where there is no such model.
/// \param most  no more than that; 0 = all
/// \throws Error(external)
std::vector<VersionClaim> list_versions(const TrackingServer& server, const std::string& name,
                                        std::size_t most);

/// Set the aliases, and look afterwards whether a version with a greater claim has come: then it is
/// the one that is set, until nothing greater is found.
/// \return the versions they were set to last, in the order of `moves`
/// \throws Error(external), also after some ten turns
std::vector<std::string> settle_aliases(const TrackingServer& server, const std::string& name,
                                        std::vector<AliasMove> moves);

}  // namespace rarewood
