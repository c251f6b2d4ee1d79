#pragma once

#include <optional>
#include <string>

#include "rarewood/report/run_record.hpp"
#include "rarewood/track/tracking_server.hpp"

namespace rarewood {

// Models as MLflow 3 keeps them beside runs. All of these throw Error(external) for whatever the
// server does, with the cure.

struct LoggedModel {
  std::string id;            ///< "m-" and 32 hex digits
  std::string artifact_uri;  ///< "mlflow-artifacts:/1/models/<id>/artifacts"
};

/// The run a model comes from, at the server.
struct ModelSource {
  std::string experiment_id;
  std::string run;
};

/// The model that carries our run id in its tag rarewood.run_key, if the server has one.
std::optional<LoggedModel> find_logged_model(const TrackingServer& server,
                                             const std::string& experiment_id,
                                             const std::string& run_id);

/// A new model with the run's params and the tags of its model; pending until it is finished.
LoggedModel create_logged_model(const TrackingServer& server, const ModelSource& source,
                                const RunRecord& record);

/// Say that all of its files are there.
void finish_logged_model(const TrackingServer& server, const std::string& model);

/// Whether the run names the model as its output.
bool is_linked(const TrackingServer& server, const std::string& run, const std::string& model);

/// Note the model as the run's output; twice is noted twice.
void link_logged_model(const TrackingServer& server, const std::string& run,
                       const std::string& model);

}  // namespace rarewood
