#pragma once

#include <string>

#include "rarewood/base/control.hpp"
#include "rarewood/option/option.hpp"
#include "rarewood/report/run_record.hpp"
#include "rarewood/store/store_options.hpp"

namespace rarewood {

/// Group "importance".
struct ImportanceOptions {
  std::string model = "models/classification_model.onnx";
  std::string figure;  ///< "" = none
};

const OptionTable<ImportanceOptions>& importance_options();

/// Impurity importance of a saved model, with what charts name of it.
RunRecord importance_of(const ImportanceOptions& options, const StoreOptions& store,
                        const Control& control);

}  // namespace rarewood
