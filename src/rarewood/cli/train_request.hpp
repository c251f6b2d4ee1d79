#pragma once

#include "rarewood/cli/command.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// What commands that read a training table are told, beside their own options: all of a
/// TrainRequest but its `train`.
/// \throws Error(usage) on values out of range
TrainRequest train_request(const Call& call);

/// With --validate: hold the table against the model that `request` will replace, and keep the
/// warnings in it. \throws Error(check) where that says no
void validate_first(const Call& call, TrainRequest& request);

}  // namespace rarewood
