#include "rarewood/track/send_steps.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/base/parallel.hpp"
#include "rarewood/track/journal.hpp"
#include "rarewood/track/logged_model.hpp"
#include "rarewood/track/mlflow.hpp"
#include "rarewood/track/mlflow_dataset.hpp"
#include "rarewood/track/mlflow_model.hpp"
#include "rarewood/track/model_registry.hpp"
#include "rarewood/track/tracked_facts.hpp"

namespace rarewood {
namespace {

// An MLflow server has four workers unless told otherwise. The threads wait for it and do not count
// among those that --n-jobs is about.
constexpr int kAtOnce = 4;

/// A run on its way. Several threads may send parts of it; none changes what another one reads.
struct Sending {
  const TrackingServer& server;
  const std::filesystem::path& folder;
  const RunRecord& record;
  SendState& state;
  std::mutex& noting;

  /// A note that cannot be written now is tried again with the next one, and at the end for good.
  template <typename Change>
  void note(Change change) const {
    const std::lock_guard alone(noting);
    change(state);
    try {
      write_send_state(folder, state);
    } catch (const Error&) {
      return;
    }
  }
};

/// \return whether it was made now: then the server cannot know more of it
bool find_or_create(const Sending& run) {
  if (!run.state.mlflow_run_id.empty()) return false;
  const std::string experiment = mlflow_experiment(run.server, run.record.experiment);
  const auto found = find_mlflow_run(run.server, experiment, run.record.run_id);
  const MlflowRun made = found ? *found : create_mlflow_run(run.server, experiment, run.record);
  run.note([&](SendState& state) {
    state.experiment_id = experiment;
    state.mlflow_run_id = made.id;
    state.artifact_uri = made.artifact_uri;
  });
  return !found;
}

/// The run's model, if it has one that MLflow can load and the server is one for models.
/// \return whether it was made now
bool find_or_create_model(const Sending& run, bool run_is_new) {
  const SendState& state = run.state;
  if (!state.model.id.empty() || state.without_models) return false;
  if (!std::filesystem::exists(artifact_path(run.folder, kMlflowModelArtifact))) return false;
  std::optional<LoggedModel> found;
  try {
    if (!run_is_new) found = find_logged_model(run.server, state.experiment_id, run.record.run_id);
    const LoggedModel model =
        found ? *found
              : create_logged_model(run.server, {state.experiment_id, state.mlflow_run_id},
                                    run.record);
    run.note([&](SendState& sent) {
      sent.model.id = model.id;
      sent.model.artifact_uri = model.artifact_uri;
    });
  } catch (const UnknownCall&) {  // older than MLflow 3: it knew the calls of the run
    run.note([](SendState& sent) { sent.without_models = true; });
  }
  return !found;
}

FactsOf facts_of(const SendState& state, const RunRecord& record) {
  const DatasetName table = dataset_name(record);
  return {state.mlflow_run_id, record.ended_at_ms, state.model.id, table.name, table.digest};
}

void send_inputs(const Sending& run) {
  if (run.state.inputs_sent) return;
  log_mlflow_dataset(run.server, run.state.mlflow_run_id, run.record);
  run.note([](SendState& state) { state.inputs_sent = true; });
}

/// \param parent  id of the run it belongs to on the server; "" = none
void send_facts(const Sending& run, const std::string& parent) {
  if (run.state.facts_sent) return;
  TrackedFacts facts = tracked_facts(run.record);
  if (!parent.empty()) facts.tags.emplace_back("mlflow.parentRunId", parent);
  log_mlflow_facts(run.server, facts_of(run.state, run.record), facts);
  run.note([](SendState& state) { state.facts_sent = true; });
}

void end_run(const Sending& run) {
  if (run.state.ended) return;
  end_mlflow_run(run.server, run.state.mlflow_run_id, run.record);
  run.note([](SendState& state) { state.ended = true; });
}

/// All but files and the model.
void send_run_itself(const Sending& run, const std::string& parent) {
  send_inputs(run);  // before the metrics, which name the table they were judged on
  send_facts(run, parent);
  end_run(run);
}

/// Files of the model go to the model, where there is one; all others to the run.
void send_artifact(const Sending& run, const std::string& name) {
  Artifact file{name, read_file(artifact_path(run.folder, name))};
  const bool of_model = !run.state.model.id.empty() && name.starts_with(kModelFolder);
  if (of_model) file.name = name.substr(kModelFolder.size());
  put_mlflow_artifact(run.server, of_model ? run.state.model.artifact_uri : run.state.artifact_uri,
                      file);
}

/// \return names, the largest file first
std::vector<std::string> artifacts_to_send(const Sending& run) {
  std::vector<std::pair<std::uintmax_t, std::string>> left;
  for (const std::string& name : artifact_names(run.folder)) {
    if (run.state.artifacts_sent.contains(name)) continue;
    left.emplace_back(std::filesystem::file_size(artifact_path(run.folder, name)), name);
  }
  std::sort(left.begin(), left.end(), std::greater<>());
  std::vector<std::string> names;
  for (auto& [size, name] : left) names.push_back(std::move(name));
  return names;
}

/// A candidate of a comparison, in `folder`, as a child of the comparison's run.
void send_candidate(const TrackingServer& server, const std::filesystem::path& folder,
                    const SendState& parent) {
  SendState state = read_send_state(folder, parent.tracking_uri);
  if (state.ended) return;
  const RunRecord record = read_run(folder);
  std::mutex noting;
  const Sending run{server, folder, record, state, noting};
  find_or_create(run);
  send_run_itself(run, parent.mlflow_run_id);
}

void send_run_and_candidates(const Sending& run) {
  send_run_itself(run, "");
  for (const auto& candidate : candidate_folders(run.folder)) {
    send_candidate(run.server, candidate, run.state);
  }
}

/// The run and its files at once: most of that time goes by with the largest file, the model.
/// What is about the run begins first, so that the server has it even if no file can be kept.
void send_run_and_files(const Sending& run) {
  const std::vector<std::string> names = artifacts_to_send(run);
  parallel_for(Control{.threads = kAtOnce}, 1 + names.size(), [&](std::size_t i) {
    if (i == 0) return send_run_and_candidates(run);
    const std::string& name = names[i - 1];
    send_artifact(run, name);
    run.note([&](SendState& state) { state.artifacts_sent.insert(name); });
  });
}

void finish_model(const Sending& run, bool is_new) {
  const SentModel& model = run.state.model;
  const std::string& id = run.state.mlflow_run_id;
  if (!model.ready) finish_logged_model(run.server, model.id);
  run.note([](SendState& state) { state.model.ready = true; });
  if (!model.linked && (is_new || !is_linked(run.server, id, model.id))) {
    link_logged_model(run.server, id, model.id);
  }
  run.note([](SendState& state) { state.model.linked = true; });
}

void register_model(const Sending& run, bool is_new) {
  const SentModel& model = run.state.model;
  const std::string& id = run.state.mlflow_run_id;
  std::string version = model.version;
  if (version.empty() && !is_new) {
    version = version_of_run(run.server, run.record.registered_model, id);
  }
  if (version.empty()) version = create_version(run.server, id, model.id, run.record);
  run.note([&](SendState& state) { state.model.version = version; });
  if (!model.aliased) set_aliases(run.server, version, run.record);
  run.note([](SendState& state) { state.model.aliased = true; });
}

/// What can be done with the model once its files are there.
/// \param is_new  it was made by this attempt: nothing of it needs to be looked for
void publish_model(const Sending& run, bool is_new) {
  if (run.state.model.id.empty()) return;
  finish_model(run, is_new);
  if (!run.record.registered_model.empty()) register_model(run, is_new);
}

}  // namespace

void send_rest(const TrackingServer& server, const std::filesystem::path& folder,
               SendState& state) {
  const RunRecord record = read_run(folder);
  std::mutex noting;
  const Sending run{server, folder, record, state, noting};
  const bool run_is_new = find_or_create(run);
  const bool model_is_new = find_or_create_model(run, run_is_new);
  send_run_and_files(run);
  publish_model(run, model_is_new);
  state.complete = true;
}

}  // namespace rarewood
