#include "rarewood/track/send_run.hpp"

#include <optional>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/base/file_lock.hpp"
#include "rarewood/track/journal.hpp"
#include "rarewood/track/logged_model.hpp"
#include "rarewood/track/mlflow.hpp"
#include "rarewood/track/mlflow_dataset.hpp"
#include "rarewood/track/mlflow_model.hpp"
#include "rarewood/track/model_registry.hpp"
#include "rarewood/track/send_state.hpp"

namespace rarewood {
namespace {

void find_or_create(const TrackingServer& server, const RunRecord& record, SendState& state) {
  if (!state.mlflow_run_id.empty()) return;
  state.experiment_id = mlflow_experiment(server, record.experiment);
  const auto found = find_mlflow_run(server, state.experiment_id, record.run_id);
  const MlflowRun run = found ? *found : create_mlflow_run(server, state.experiment_id, record);
  state.mlflow_run_id = run.id;
  state.artifact_uri = run.artifact_uri;
}

/// The run's model, if it has one that MLflow can load.
void find_or_create_model(const TrackingServer& server, const std::filesystem::path& folder,
                          const RunRecord& record, SendState& state) {
  if (!state.model.id.empty()) return;
  if (!std::filesystem::exists(artifact_path(folder, kMlflowModelArtifact))) return;
  const auto found = find_logged_model(server, state.experiment_id, record.run_id);
  const LoggedModel model =
      found ? *found
            : create_logged_model(server, {state.experiment_id, state.mlflow_run_id}, record);
  state.model.id = model.id;
  state.model.artifact_uri = model.artifact_uri;
}

FactsOf facts_of(const SendState& state, const RunRecord& record) {
  const DatasetName table = dataset_name(record);
  return {state.mlflow_run_id, record.ended_at_ms, state.model.id, table.name, table.digest};
}

/// \param parent  id of the run it belongs to on the server; "" = none
void send_facts(const TrackingServer& server, const RunRecord& record, const std::string& parent,
                SendState& state) {
  if (!state.inputs_sent) {  // before the metrics, which name the table they were judged on
    log_mlflow_dataset(server, state.mlflow_run_id, record);
    state.inputs_sent = true;
  }
  if (!state.facts_sent) {
    TrackedFacts facts = tracked_facts(record);
    if (!parent.empty()) facts.tags.emplace_back("mlflow.parentRunId", parent);
    log_mlflow_facts(server, facts_of(state, record), facts);
    state.facts_sent = true;
  }
  if (!state.ended) {
    end_mlflow_run(server, state.mlflow_run_id, record);
    state.ended = true;
  }
}

/// Files of the model go to the model, where there is one; all others to the run.
void send_artifacts(const TrackingServer& server, const std::filesystem::path& folder,
                    SendState& state) {
  for (const std::string& name : artifact_names(folder)) {
    if (state.artifacts_sent.contains(name)) continue;
    Artifact file{name, read_file(artifact_path(folder, name))};
    const bool of_model = !state.model.id.empty() && name.starts_with(kModelFolder);
    if (of_model) file.name = name.substr(kModelFolder.size());
    put_mlflow_artifact(server, of_model ? state.model.artifact_uri : state.artifact_uri, file);
    state.artifacts_sent.insert(name);
  }
}

/// What can be done with the model once its files are there.
void publish_model(const TrackingServer& server, const RunRecord& record, SendState& state) {
  SentModel& model = state.model;
  if (model.id.empty()) return;
  if (!model.ready) finish_logged_model(server, model.id);
  model.ready = true;
  if (!model.linked) link_logged_model(server, state.mlflow_run_id, model.id);
  model.linked = true;
  if (record.registered_model.empty()) return;
  if (model.version.empty()) {
    model.version = registered_version(server, state.mlflow_run_id, model.id, record);
  }
  if (!model.aliased) set_aliases(server, model.version, record);
  model.aliased = true;
}

/// The candidate of a comparison in `folder`, as a child of the comparison's run.
void send_candidate(const TrackingServer& server, const std::filesystem::path& folder,
                    const SendState& parent) {
  SendState state = read_send_state(folder, parent.tracking_uri);
  if (state.ended) return;
  try {
    const RunRecord record = read_run(folder);
    find_or_create(server, record, state);
    send_facts(server, record, parent.mlflow_run_id, state);
  } catch (...) {
    write_send_state(folder, state);
    throw;
  }
  write_send_state(folder, state);
}

/// Do what is left to do, noting in `state` each thing done.
void send_rest(const TrackingServer& server, const std::filesystem::path& folder,
               const RunRecord& record, SendState& state) {
  find_or_create(server, record, state);
  find_or_create_model(server, folder, record, state);
  send_facts(server, record, "", state);
  for (const auto& candidate : candidate_folders(folder)) send_candidate(server, candidate, state);
  send_artifacts(server, folder, state);
  publish_model(server, record, state);
  state.complete = true;
}

std::uint64_t bytes_of_artifacts(const std::filesystem::path& folder) {
  std::uint64_t bytes = 0;
  for (const std::string& name : artifact_names(folder)) {
    bytes += std::filesystem::file_size(artifact_path(folder, name));
  }
  return bytes;
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
        (state.facts_sent ? "; only files or its model are missing on the server." : ".") +
        " `rarewood sync` sends what is missing.";
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

/// One attempt; what went wrong is noted in `state`. \return whether the server is to blame
bool attempt(const std::filesystem::path& folder, const TrackOptions& options,
             const Control& control, SendState& state) {
  try {
    const TrackingServer server(options, bytes_of_artifacts(folder), control);
    state = read_send_state(folder, server.address().url);
    if (is_sent(folder, state)) return false;
    state.complete = false;
    state.problem.clear();
    send_rest(server, folder, read_run(folder), state);
  } catch (const ServerFailure& failure) {
    state.problem = failure.what();
    return true;
  } catch (const Error& problem) {
    state.problem = problem.what();
    if (problem.kind() == ErrorKind::interrupted) throw;
  }
  return false;
}

/// With what was noted of it; for nobody else sends the run at the same time.
SendResult send_alone(const std::filesystem::path& folder, const TrackOptions& options,
                      const Control& control) {
  SendState state;
  SendResult result;
  try {
    const bool server_failed = attempt(folder, options, control, state);
    result = result_of(state, folder);
    result.server_failed = server_failed;
  } catch (const Error&) {  // interrupted: what was done until then is noted
    note_state(folder, state, result);
    throw;
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
