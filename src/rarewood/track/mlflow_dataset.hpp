#pragma once

#include <string>

#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// What names the training table at the server.
struct DatasetName {
  std::string name;    ///< the file's
  std::string digest;  ///< fingerprint of its rows; "" = the run knows of no table
};

DatasetName dataset_name(const RunRecord& record);

/// Body of runs/log-inputs: the table with its digest, where it lies, its columns and its rows by
/// class. Sending it twice changes nothing.
std::string dataset_input(const std::string& mlflow_run, const RunRecord& record);

}  // namespace rarewood
