#pragma once

#include "rarewood/evaluate/decide.hpp"
#include "rarewood/workflow/fitting.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// What a run makes a model by.
struct RunRecipe {
  const TrainRequest& request;
  const Method& method;
  const DecisionPlan& plan;
};

}  // namespace rarewood
