#include "rarewood/track/track_options.hpp"

namespace rarewood {

const OptionTable<TrackOptions>& track_options() {
  using O = TrackOptions;
  static const OptionTable<TrackOptions> table = [] {
    OptionTable<TrackOptions> t("track");
    t.add(&O::journal, "journal", "Folder of the run journal: one folder a run, kept in any case")
        .not_in_model();
    t.add(&O::tracking_uri, "tracking_uri",
          "Address of the MLflow server that gets the run too, such as http://127.0.0.1:5001; "
          "empty = none")
        .environment({"MLFLOW_TRACKING_URI"})
        .not_in_model();
    t.add(&O::experiment, "experiment",
          "MLflow experiment; empty = Conversion_Prediction_Classification for the target "
          "is_ordered, <target>_Classification for any other")
        .environment({"MLFLOW_EXPERIMENT_NAME"})
        .not_in_model();
    t.add(&O::run_name, "run_name",
          "Name of the run in MLflow; empty = learner, balance and time (UTC)")
        .environment({"MLFLOW_RUN_NAME"})
        .not_in_model();
    t.add(&O::registered_model, "registered_model",
          "Name in MLflow's model registry; empty = that of the model file "
          "(classification_model), none = not registered")
        .not_in_model();
    t.add(&O::tracking_username, "tracking_username", "User name at the MLflow server")
        .environment({"MLFLOW_TRACKING_USERNAME"})
        .not_in_model();
    t.add(&O::tracking_password, "tracking_password",
          "Password at the MLflow server; better in the environment than in a file or a flag")
        .environment({"MLFLOW_TRACKING_PASSWORD"})
        .not_in_model();
    t.add(&O::tracking_token, "tracking_token", "Bearer token for the MLflow server")
        .environment({"MLFLOW_TRACKING_TOKEN"})
        .not_in_model();
    t.add(&O::tracking_timeout, "tracking_timeout",
          "Seconds the MLflow server may take for all of a run, and one more for each megabyte of "
          "its files; what is not sent by then stays in the journal",
          {.lowest = 0.1, .highest = 3600})
        .not_in_model();
    return t;
  }();
  return table;
}

std::string experiment_name(const TrackOptions& options, const std::string& target) {
  if (!options.experiment.empty()) return options.experiment;
  if (target == "is_ordered") return "Conversion_Prediction_Classification";
  return target + "_Classification";
}

}  // namespace rarewood
