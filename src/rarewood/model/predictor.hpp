#pragma once

#include <variant>

#include "rarewood/model/ensemble.hpp"
#include "rarewood/model/linear_model.hpp"

namespace rarewood {

/// What learners make of rows: the part of a model that gives a row its raw score.
using Predictor = std::variant<Ensemble, LinearModel>;

}  // namespace rarewood
