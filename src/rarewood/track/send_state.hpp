#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace rarewood {

/// What a tracking server has got of the model of a run.
struct SentModel {
  std::string id;            ///< the server's; "" = it does not know the model yet
  std::string artifact_uri;  ///< where the server keeps its files
  bool ready = false;        ///< all files are there
  bool linked = false;       ///< the run names it as its output
  std::string version;       ///< in the registry; "" = none
  bool aliased = false;      ///< the aliases were seen to
};

/// What a tracking server has got of a run: sent.json in the run's folder.
struct SendState {
  std::string tracking_uri;     ///< without user name and password
  std::string experiment_id;    ///< the server's
  std::string mlflow_run_id;    ///< the server's; "" = it does not know the run yet
  std::string artifact_uri;     ///< where the server keeps the run's artifacts
  bool facts_sent = false;      ///< params, metrics and tags
  bool inputs_sent = false;     ///< the table it learned from
  bool ended = false;           ///< the run is marked as finished, with its times
  bool without_models = false;  ///< the server is older than models; their files went to the run
  SentModel model;
  std::set<std::string> artifacts_sent;
  bool complete = false;  ///< all that there was to send the last time
  bool deleted = false;   ///< somebody deleted the run there: nothing more is sent
  std::string problem;    ///< of the last attempt; "" = there was none
};

/// What is known of sending the run in `folder` to `tracking_uri`: nothing if it was never tried,
/// went to another server, or the file cannot be read. The run is found again by its key anyway.
SendState read_send_state(const std::filesystem::path& folder, const std::string& tracking_uri);

/// Not forced to the disk: what a power cut loses is looked up at the server.
/// \throws Error(external)
void write_send_state(const std::filesystem::path& folder, const SendState& state);

/// Whether the server has all that is in `folder` now, or has deleted it.
bool is_sent(const std::filesystem::path& folder, const SendState& state);

}  // namespace rarewood
