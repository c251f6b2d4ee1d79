#include "rarewood/track/send_steps.hpp"

#include <optional>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/track/journal.hpp"
#include "rarewood/track/logged_model.hpp"
#include "rarewood/track/mlflow.hpp"
#include "rarewood/track/mlflow_dataset.hpp"
#include "rarewood/track/mlflow_model.hpp"
#include "rarewood/track/model_registry.hpp"
#include "rarewood/track/tracked_facts.hpp"

namespace rarewood {
namespace {

/// A run on its way.
struct Sending {
  const TrackingServer& server;
  const std::filesystem::path& folder;
  const RunRecord& record;
  SendState& state;

  /// A note that cannot be written now is tried again with the next one, and at the end for good.
  void note() const {
    try {
      write_send_state(folder, state);
    } catch (const Error&) {
      return;
    }
  }
};

/// \return whether it was made now: then the server cannot know more of it
bool find_or_create(const Sending& run) {
  SendState& state = run.state;
  if (!state.mlflow_run_id.empty()) return false;
  state.experiment_id = mlflow_experiment(run.server, run.record.experiment);
  const auto found = find_mlflow_run(run.server, state.experiment_id, run.record.run_id);
  const MlflowRun made =
      found ? *found : create_mlflow_run(run.server, state.experiment_id, run.record);
  state.mlflow_run_id = made.id;
  state.artifact_uri = made.artifact_uri;
  run.note();
  return !found;
}

/// The run's model, if it has one that MLflow can load and the server is one for models.
/// \return whether it was made now
bool find_or_create_model(const Sending& run, bool run_is_new) {
  SendState& state = run.state;
  if (!state.model.id.empty() || state.without_models) return false;
  if (!std::filesystem::exists(artifact_path(run.folder, kMlflowModelArtifact))) return false;
  std::optional<LoggedModel> found;
  try {
    if (!run_is_new) found = find_logged_model(run.server, state.experiment_id, run.record.run_id);
    const LoggedModel model =
        found ? *found
              : create_logged_model(run.server, {state.experiment_id, state.mlflow_run_id},
                                    run.record);
    state.model.id = model.id;
    state.model.artifact_uri = model.artifact_uri;
  } catch (const UnknownCall&) {  // older than MLflow 3: it knew the calls of the run
    state.without_models = true;
  }
  run.note();
  return !found;
}

FactsOf facts_of(const SendState& state, const RunRecord& record) {
  const DatasetName table = dataset_name(record);
  return {state.mlflow_run_id, record.ended_at_ms, state.model.id, table.name, table.digest};
}

void send_inputs(const Sending& run) {
  if (run.state.inputs_sent) return;
  log_mlflow_dataset(run.server, run.state.mlflow_run_id, run.record);
  run.state.inputs_sent = true;
  run.note();
}

/// \param parent  id of the run it belongs to on the server; "" = none
void send_facts(const Sending& run, const std::string& parent) {
  if (run.state.facts_sent) return;
  TrackedFacts facts = tracked_facts(run.record);
  if (!parent.empty()) facts.tags.emplace_back("mlflow.parentRunId", parent);
  log_mlflow_facts(run.server, facts_of(run.state, run.record), facts);
  run.state.facts_sent = true;
  run.note();
}

void end_run(const Sending& run) {
  if (run.state.ended) return;
  end_mlflow_run(run.server, run.state.mlflow_run_id, run.record);
  run.state.ended = true;
  run.note();
}

/// All but files and the model.
void send_run_itself(const Sending& run, const std::string& parent) {
  send_inputs(run);  // before the metrics, which name the table they were judged on
  send_facts(run, parent);
  end_run(run);
}

/// Files of the model go to the model, where there is one; all others to the run.
void send_artifacts(const Sending& run) {
  SendState& state = run.state;
  for (const std::string& name : artifact_names(run.folder)) {
    if (state.artifacts_sent.contains(name)) continue;
    Artifact file{name, read_file(artifact_path(run.folder, name))};
    const bool of_model = !state.model.id.empty() && name.starts_with(kModelFolder);
    if (of_model) file.name = name.substr(kModelFolder.size());
    put_mlflow_artifact(run.server, of_model ? state.model.artifact_uri : state.artifact_uri, file);
    state.artifacts_sent.insert(name);
    run.note();
  }
}

void finish_model(const Sending& run, bool is_new) {
  SentModel& model = run.state.model;
  const std::string& id = run.state.mlflow_run_id;
  if (!model.ready) finish_logged_model(run.server, model.id);
  model.ready = true;
  run.note();
  if (!model.linked && (is_new || !is_linked(run.server, id, model.id))) {
    link_logged_model(run.server, id, model.id);
  }
  model.linked = true;
  run.note();
}

void register_model(const Sending& run, bool is_new) {
  SentModel& model = run.state.model;
  const std::string& id = run.state.mlflow_run_id;
  if (model.version.empty() && !is_new) {
    model.version = version_of_run(run.server, run.record.registered_model, id);
  }
  if (model.version.empty()) {
    model.version = create_version(run.server, id, model.id, run.record);
  }
  run.note();
  if (!model.aliased) set_aliases(run.server, model.version, run.record);
  model.aliased = true;
}

/// What can be done with the model once its files are there.
/// \param is_new  it was made by this attempt: nothing of it needs to be looked for
void publish_model(const Sending& run, bool is_new) {
  if (run.state.model.id.empty()) return;
  finish_model(run, is_new);
  if (!run.record.registered_model.empty()) register_model(run, is_new);
}

/// The candidate of a comparison in `folder`, as a child of the comparison's run.
void send_candidate(const TrackingServer& server, const std::filesystem::path& folder,
                    const SendState& parent) {
  SendState state = read_send_state(folder, parent.tracking_uri);
  if (state.ended) return;
  const RunRecord record = read_run(folder);
  const Sending run{server, folder, record, state};
  find_or_create(run);
  send_run_itself(run, parent.mlflow_run_id);
}

}  // namespace

void send_rest(const TrackingServer& server, const std::filesystem::path& folder,
               SendState& state) {
  const RunRecord record = read_run(folder);
  const Sending run{server, folder, record, state};
  const bool run_is_new = find_or_create(run);
  const bool model_is_new = find_or_create_model(run, run_is_new);
  send_run_itself(run, "");
  for (const auto& candidate : candidate_folders(folder)) send_candidate(server, candidate, state);
  send_artifacts(run);
  publish_model(run, model_is_new);
  state.complete = true;
}

}  // namespace rarewood
