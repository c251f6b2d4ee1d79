#include "rarewood/track/send_run.hpp"

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/track/journal.hpp"
#include "rarewood/track/mlflow.hpp"
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

/// \param parent  id of the run it belongs to on the server; "" = none
void send_facts(const TrackingServer& server, const RunRecord& record, const std::string& parent,
                SendState& state) {
  if (!state.facts_sent) {
    TrackedFacts facts = tracked_facts(record);
    if (!parent.empty()) facts.tags.emplace_back("mlflow.parentRunId", parent);
    log_mlflow_facts(server, state.mlflow_run_id, facts, record.ended_at_ms);
    state.facts_sent = true;
  }
  if (!state.ended) {
    end_mlflow_run(server, state.mlflow_run_id, record);
    state.ended = true;
  }
}

void send_artifacts(const TrackingServer& server, const std::filesystem::path& folder,
                    SendState& state) {
  const MlflowRun run{.id = state.mlflow_run_id, .artifact_uri = state.artifact_uri};
  for (const std::string& name : artifact_names(folder)) {
    if (state.artifacts_sent.contains(name)) continue;
    if (!takes_artifacts(run)) {
      throw Error(ErrorKind::external, "The tracking server keeps files at '" + run.artifact_uri +
                                           "', where only programs beside it can write. Start it "
                                           "with --serve-artifacts.");
    }
    put_mlflow_artifact(server, run, name, read_file(artifact_path(folder, name)));
    state.artifacts_sent.insert(name);
  }
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
  send_facts(server, record, "", state);
  for (const auto& candidate : candidate_folders(folder)) send_candidate(server, candidate, state);
  send_artifacts(server, folder, state);
}

SendResult result_of(const SendState& state, const std::filesystem::path& folder) {
  SendResult result;
  result.mlflow_run_id = state.mlflow_run_id;
  if (!state.mlflow_run_id.empty()) {
    result.run_page = mlflow_run_page(state.tracking_uri, state.experiment_id, state.mlflow_run_id);
  }
  result.complete = state.problem.empty();
  if (!result.complete) {
    result.warning = state.problem + " The run is kept in '" + folder.string() + "'" +
                     (state.facts_sent ? "; only files of it are missing on the server." : ".");
  }
  return result;
}

}  // namespace

SendResult send_run(const std::filesystem::path& folder, const TrackOptions& options,
                    const Control& control) {
  const RunRecord record = read_run(folder);
  SendState state;
  try {
    const TrackingServer server(options, control);
    state = read_send_state(folder, server.address().url);
    state.problem.clear();
    send_rest(server, folder, record, state);
  } catch (const Error& problem) {
    if (problem.kind() == ErrorKind::interrupted) {
      write_send_state(folder, state);
      throw;
    }
    state.problem = problem.what();
  }
  write_send_state(folder, state);
  return result_of(state, folder);
}

}  // namespace rarewood
