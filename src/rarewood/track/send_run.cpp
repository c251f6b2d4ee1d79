#include "rarewood/track/send_run.hpp"

#include <optional>
#include <system_error>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file_lock.hpp"
#include "rarewood/track/journal.hpp"
#include "rarewood/track/mlflow.hpp"
#include "rarewood/track/send_state.hpp"
#include "rarewood/track/send_steps.hpp"

namespace rarewood {
namespace {

std::uint64_t bytes_of_artifacts(const std::filesystem::path& folder) {
  std::uint64_t bytes = 0;
  for (const std::string& name : artifact_names(folder)) {
    bytes += std::filesystem::file_size(artifact_path(folder, name));
  }
  return bytes;
}

/// The journal is named unless it is the one that is looked into by default.
std::string sync_command(const std::filesystem::path& folder) {
  const std::filesystem::path journal = folder.parent_path();
  const bool usual = journal.lexically_normal() ==
                     std::filesystem::path(TrackOptions{}.journal).lexically_normal();
  return usual ? "rarewood sync" : "rarewood sync --journal " + journal.string();
}

SendResult result_of(const SendState& state, const std::filesystem::path& folder) {
  SendResult result;
  result.mlflow_run_id = state.mlflow_run_id;
  result.model_version = state.model.version;
  if (!state.mlflow_run_id.empty()) {
    result.run_page = mlflow_run_page(state.tracking_uri, state.experiment_id, state.mlflow_run_id);
  }
  result.complete = state.problem.empty();
  if (!result.complete) {
    result.warning =
        state.problem + " The run is kept in '" + folder.string() + "'" +
        (state.facts_sent ? "; only files or its model are missing on the server." : ".");
    result.cure = "`" + sync_command(folder) + "` sends what is missing.";
  }
  return result;
}

/// A note that cannot be written costs a look-up the next time, and no run.
void note_state(const std::filesystem::path& folder, const SendState& state, SendResult& result) {
  try {
    write_send_state(folder, state);
  } catch (const Error& problem) {
    if (result.warning.empty()) {
      result.warning = std::string("The run was sent, but not noted as such: ") + problem.what();
    }
  }
}

/// What an attempt came to, beside what is noted in the state.
struct Attempt {
  bool server_failed = false;  ///< the server is to blame for what went wrong
  bool completed = false;      ///< the run is whole there, and was not before
};

/// A run that was made before may have been deleted since, which makes the server refuse the rest.
void send_unless_deleted(const TrackingServer& server, const std::filesystem::path& folder,
                         SendState& state) {
  const std::string known = state.mlflow_run_id;
  try {
    send_rest(server, folder, state);
  } catch (const ServerFailure&) {
    throw;
  } catch (const Error& problem) {
    if (problem.kind() == ErrorKind::interrupted || known.empty()) throw;
    if (!is_deleted_mlflow_run(server, known)) throw;
    state.deleted = true;
  }
}

/// One attempt; what went wrong is noted in `state`.
Attempt attempt(const std::filesystem::path& folder, const TrackOptions& options,
                const Control& control, SendState& state) {
  try {
    const TrackingServer server(options, bytes_of_artifacts(folder), control);
    state = read_send_state(folder, server.address().url);
    if (is_sent(folder, state)) return {};
    const bool was_complete = state.complete;
    state.complete = false;
    state.problem.clear();
    send_unless_deleted(server, folder, state);
    return {.completed = !was_complete};
  } catch (const ServerFailure& failure) {
    state.problem = failure.what();
    return {.server_failed = true};
  } catch (const Error& problem) {
    state.problem = problem.what();
    if (problem.kind() == ErrorKind::interrupted) throw;
  } catch (const std::system_error& problem) {  // a file of the run that is gone or not to be read
    state.problem = std::string("A file of the run cannot be sent: ") + problem.what() + ".";
  }
  return {};
}

std::string deleted_run(const SendState& state, const std::filesystem::path& folder) {
  return "Run " + state.mlflow_run_id + " was deleted at " + state.tracking_uri +
         ", so nothing more of it is sent. Restore it there, or send it anew: either way remove '" +
         (folder / "sent.json").string() + "' first.";
}

std::string older_server(const SendState& state) {
  return "The MLflow server at " + state.tracking_uri +
         " is older than version 3 and keeps no models: the model's files went to the run, and no "
         "version was registered. Update that server to MLflow 3.";
}

/// With what was noted of it; for nobody else sends the run at the same time.
SendResult send_alone(const std::filesystem::path& folder, const TrackOptions& options,
                      const Control& control) {
  SendState state;
  SendResult result;
  try {
    const Attempt made = attempt(folder, options, control, state);
    result = result_of(state, folder);
    result.server_failed = made.server_failed;
    if (state.deleted) {
      result.warning = deleted_run(state, folder);
      result.cure.clear();
    }
    if (made.completed && state.without_models) result.warning = older_server(state);
  } catch (const Error& stopped) {  // interrupted: what was done until then is noted
    note_state(folder, state, result);
    throw Error(stopped.kind(), "Stopped while the run was sent to MLflow; it is kept in '" +
                                    folder.string() + "', and `" + sync_command(folder) +
                                    "` sends what is missing.");
  }
  note_state(folder, state, result);
  return result;
}

}  // namespace

SendResult send_run(const std::filesystem::path& folder, const TrackOptions& options,
                    const Control& control) {
  std::optional<FileLock> alone;
  try {
    alone.emplace(folder / "sent.json", options.tracking_timeout, control.stop);
  } catch (const Error& problem) {
    if (problem.kind() == ErrorKind::interrupted) throw;
    SendState state;
    state.problem = problem.what();
    return result_of(state, folder);
  }
  return send_alone(folder, options, control);
}

}  // namespace rarewood
