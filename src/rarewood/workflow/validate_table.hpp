#pragma once

#include <string>
#include <vector>

#include "rarewood/audit/expectation_check.hpp"
#include "rarewood/audit/tolerance.hpp"
#include "rarewood/base/control.hpp"
#include "rarewood/option/option.hpp"
#include "rarewood/store/location.hpp"
#include "rarewood/store/store_options.hpp"
#include "rarewood/table/table_options.hpp"
#include "rarewood/workflow/validate_first.hpp"

namespace rarewood {

/// What `rarewood validate` is asked for. Group "validate".
struct ValidateOptions {
  std::string table;  ///< path or URI; "" = the store's training table
  std::string model = "models/classification_model.onnx";
  std::string group_column;  ///< "" = as in training
  bool if_model = false;     ///< no model, or one without expectations, is no failure
  std::string json;          ///< "" = not written
};

const OptionTable<ValidateOptions>& validate_options();

struct ValidateJob {
  ValidateOptions validate;
  Tolerance tolerance;
  StoreOptions store;
  TableOptions text;
};

/// Read a table and hold it against what a saved model expects.
/// \throws Error(external) if table or model is not there, Error(data) if the model keeps no
///         expectations or the table is none; whatever else is wrong with the table is a check
Validation validate_table(const ValidateJob& job, const Control& control);

/// Why there is nothing to hold a table against, a sentence: no model, or one without expectations.
/// "" where there is.
std::string nothing_expected(const ValidateJob& job, const Control& control);

/// How a table is read, and how far it may be from what is expected.
struct ValidatePlan {
  TableOptions text;
  Tolerance tolerance;
  std::string group_column = {};  ///< whose rows go together; "" = as in training
};

/// The same with a model and a place that are known.
Validation validate_against(const SavedModel& loaded, const ObjectPlace& table,
                            const ValidatePlan& plan, const Control& control);

/// Log what is not as expected, a warning each.
/// \return the warnings
/// \throws Error(check) if `on` is fail and the verdict is fail or error
std::vector<std::string> heed(const Validation& validation, OnUnexpected on);

}  // namespace rarewood
