#pragma once

#include <string>

#include "rarewood/base/secret.hpp"
#include "rarewood/option/option.hpp"

namespace rarewood {

/// Where runs are kept, and which MLflow server is told of them.
struct TrackOptions {
  std::string journal = "./runs";
  std::string tracking_uri;  ///< "" = no server
  std::string experiment;    ///< "" = by the target, see `experiment_name`
  std::string run_name;      ///< "" = see `run_title`
  Secret tracking_username;
  Secret tracking_password;
  Secret tracking_token;
  std::string registered_model;  ///< "" = by the model file, "none" = not registered
  double tracking_timeout =
      10;  ///< seconds for all requests of one run together, see TrackingServer
};

const OptionTable<TrackOptions>& track_options();

/// The option, else "Conversion_Prediction_Classification" for is_ordered, else by the target.
std::string experiment_name(const TrackOptions& options, const std::string& target);

}  // namespace rarewood
