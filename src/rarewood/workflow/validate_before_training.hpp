#pragma once

#include <string>
#include <vector>

#include "rarewood/audit/tolerance.hpp"
#include "rarewood/base/control.hpp"
#include "rarewood/workflow/train.hpp"
#include "rarewood/workflow/validate_first.hpp"

namespace rarewood {

/// Hold a training table against what the model expects that the run will replace. Where there is
/// none, or one that predicts something else or keeps no expectations, that is a warning.
/// \return the warnings, which are logged already
/// \throws Error(check) with --validate fail for a table that fails
std::vector<std::string> validate_before_training(const ValidateFirst& first,
                                                  const Tolerance& tolerance,
                                                  const TrainRequest& request,
                                                  const Control& control);

}  // namespace rarewood
