#pragma once

#include <optional>
#include <string>

#include "rarewood/model/expectations.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/option/option.hpp"

namespace rarewood {

/// What a command does about a table that is not what a model expects.
enum class OnUnexpected { off, warn, fail };

/// Whether a table is validated before it is used. Group "tolerance".
struct ValidateFirst {
  OnUnexpected validate = OnUnexpected::off;
};

const OptionTable<ValidateFirst>& validate_first_options();

/// A model as it was read, and what it expects of tables.
struct SavedModel {
  std::string name;  ///< path or URI
  std::string id;    ///< see `model_id` in model_version.hpp
  Model model;
  std::optional<Expectations> expectations;
  std::string onnx;  ///< its bytes, whichever form was read
};

}  // namespace rarewood
