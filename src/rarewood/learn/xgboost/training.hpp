#pragma once

#include <string>

#include "rarewood/learn/xgboost/xgboost.hpp"

namespace rarewood {

/// As fit_xgboost, but leaves the model as the library saves it.
/// \return UBJSON, which XGBoost and read_xgboost_model read
std::string train_xgboost(const FitPart& part, const XgboostOptions& options,
                          const FitRequest& request, const Control& control);

}  // namespace rarewood
