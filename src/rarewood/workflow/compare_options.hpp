#pragma once

#include <string>
#include <vector>

#include "rarewood/option/option.hpp"

namespace rarewood {

/// What a comparison is asked for, beside the options of its parts. Group "compare".
struct CompareOptions {
  std::string table;  ///< path or URI; "" = the store's own training table
  std::vector<std::string> learners{"forest", "xgboost", "lightgbm", "logistic", "dummy"};
  std::vector<std::string> balances{"none", "class_weight", "smote"};
  std::string by = "rule";
  std::vector<std::string> set;  ///< "forest.n_estimators=200"
  std::string save_as;           ///< "" = the chosen model stays in the journal
  std::string json;
};

const OptionTable<CompareOptions>& compare_options();

}  // namespace rarewood
