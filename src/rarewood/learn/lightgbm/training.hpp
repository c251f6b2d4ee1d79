#pragma once

#include <string>

#include "rarewood/learn/lightgbm/lightgbm.hpp"

namespace rarewood {

/// As fit_lightgbm, but leaves the model as the library saves it.
/// \return text, which LightGBM and read_lightgbm_model read
std::string train_lightgbm(const FitPart& part, const LightgbmOptions& options,
                           const FitRequest& request, const Control& control);

}  // namespace rarewood
