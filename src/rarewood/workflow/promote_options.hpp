#pragma once

#include <string>

#include "rarewood/option/option.hpp"

namespace rarewood {

/// Which model is to take whose place, and on what evidence. Group "promote".
struct PromoteOptions {
  std::string challenger = "models/challenger.onnx";
  std::string champion = "models/classification_model.onnx";
  std::string table;  ///< path or URI; "" = the store's training table
  std::string time_column;
  std::string group_column;
  bool all_rows = false;
  double margin = 0.01;
  double calibration_tolerance = 0.1;
  bool dry_run = false;
  bool fail_if_kept = false;
  std::string json;
};

const OptionTable<PromoteOptions>& promote_options();

}  // namespace rarewood
