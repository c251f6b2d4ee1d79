#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace rarewood {

/// What a tracking server has got of a run: sent.json in the run's folder.
struct SendState {
  std::string tracking_uri;   ///< without user name and password
  std::string experiment_id;  ///< the server's
  std::string mlflow_run_id;  ///< the server's; "" = it does not know the run yet
  std::string artifact_uri;   ///< where the server keeps the run's artifacts
  bool facts_sent = false;    ///< params, metrics and tags
  bool ended = false;         ///< the run is marked as finished, with its times
  std::set<std::string> artifacts_sent;
  std::string problem;  ///< of the last attempt; "" = there was none
};

/// What is known of sending the run in `folder` to `tracking_uri`: nothing if it was never tried,
/// went to another server, or the file cannot be read. The run is found again by its key anyway.
SendState read_send_state(const std::filesystem::path& folder, const std::string& tracking_uri);

/// \throws Error(external)
void write_send_state(const std::filesystem::path& folder, const SendState& state);

}  // namespace rarewood
