#pragma once

#include <filesystem>

#include "rarewood/track/send_state.hpp"
#include "rarewood/track/tracking_server.hpp"

namespace rarewood {

/// Do what is left to do for the run in `folder`, noting in `state` and in sent.json each thing
/// done: a sender that is killed loses no more than one step, which is looked up at the server.
/// \throws Error(external), Error(interrupted); Error(data) for a damaged record
void send_rest(const TrackingServer& server, const std::filesystem::path& folder, SendState& state);

}  // namespace rarewood
