#pragma once

#include <optional>
#include <string>

#include "rarewood/report/run_record.hpp"
#include "rarewood/track/journal.hpp"
#include "rarewood/track/log_batch.hpp"
#include "rarewood/track/tracked_facts.hpp"
#include "rarewood/track/tracking_server.hpp"

namespace rarewood {

// MLflow's REST interface, version 2.0, as far as runs need it. All of these throw Error(external)
// for whatever the server does, with the cure.

/// A run as the server knows it.
struct MlflowRun {
  std::string id;
  std::string artifact_uri;  ///< "mlflow-artifacts:/1/<id>/artifacts"
};

/// Id of the experiment of that name, made if there is none.
std::string mlflow_experiment(const TrackingServer& server, const std::string& name);

/// The run that carries our run id in its tag rarewood.run_key, if the server has one.
std::optional<MlflowRun> find_mlflow_run(const TrackingServer& server,
                                         const std::string& experiment_id,
                                         const std::string& run_id);

/// Whether somebody has deleted that run at the server since it was made.
bool is_deleted_mlflow_run(const TrackingServer& server, const std::string& run);

/// A new run with our start time, name and key.
MlflowRun create_mlflow_run(const TrackingServer& server, const std::string& experiment_id,
                            const RunRecord& record);

/// Params, metrics and tags, in as many requests as MLflow's limits ask for. Values too long for
/// the server are cut. Sending the same twice changes nothing.
void log_mlflow_facts(const TrackingServer& server, const FactsOf& of, const TrackedFacts& facts);

/// The training table as the run's input; nothing where the run knows of no table.
void log_mlflow_dataset(const TrackingServer& server, const std::string& run,
                        const RunRecord& record);

/// Mark the run with its status and end time.
void end_mlflow_run(const TrackingServer& server, const std::string& run, const RunRecord& record);

/// Send a file to a place among those the server keeps: an artifact URI of a run or a model.
/// \throws Error(external) if files do not reach that place through the server.
void put_mlflow_artifact(const TrackingServer& server, const std::string& artifact_uri,
                         const Artifact& file);

/// The run's page, in the mode that shows params and metrics.
std::string mlflow_run_page(const std::string& tracking_uri, const std::string& experiment_id,
                            const std::string& run);

}  // namespace rarewood
