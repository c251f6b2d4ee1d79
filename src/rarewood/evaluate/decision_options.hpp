#pragma once

#include <optional>
#include <string>

#include "rarewood/evaluate/decide.hpp"
#include "rarewood/option/option.hpp"

namespace rarewood {

/// How scores become probabilities and labels, as it is asked for.
struct DecisionOptions {
  std::string threshold = "f1";
  std::string calibration = "auto";
  std::optional<double> cost_false_positive;
  std::optional<double> cost_false_negative;
  std::optional<double> benefit_true_positive;
  std::optional<double> benefit_true_negative;
};

const OptionTable<DecisionOptions>& decision_options();

/// \throws Error(usage) as parse_threshold_rule() does
DecisionPlan decision_plan(const DecisionOptions& options);

}  // namespace rarewood
