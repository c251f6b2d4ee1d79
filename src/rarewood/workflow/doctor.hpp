#pragma once

#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/base/health.hpp"
#include "rarewood/option/option.hpp"
#include "rarewood/store/store_options.hpp"
#include "rarewood/track/track_options.hpp"

namespace rarewood {

struct DoctorOptions {
  std::string airflow_url;  ///< "" = no Airflow
  std::string json;         ///< file for the findings; "" = none
};

const OptionTable<DoctorOptions>& doctor_options();

struct DoctorRequest {
  DoctorOptions doctor;
  StoreOptions store;
  TrackOptions track;
};

/// This machine, the store and, where they are configured, MLflow and Airflow, each step by step.
/// \throws Error(interrupted).
std::vector<ServiceHealth> examine(const DoctorRequest& request, const Control& control);

}  // namespace rarewood
