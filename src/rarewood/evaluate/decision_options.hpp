#pragma once

#include <optional>
#include <string>

#include "rarewood/evaluate/decide.hpp"
#include "rarewood/option/option.hpp"

namespace rarewood {

/// What errors cost, as it is asked for; part of the options that choose a threshold.
struct ErrorCosts {
  std::optional<double> cost_false_positive;
  std::optional<double> cost_false_negative;
  std::string cost_false_positive_column;  ///< of each row's own cost; "" = none
  std::string cost_false_negative_column;
  std::optional<double> benefit_true_positive;
  std::optional<double> benefit_true_negative;
};

/// Their options, for every command that has them.
template <typename Options>
void add_error_costs(OptionTable<Options>& table) {
  using Cost = std::optional<double> Options::*;
  using Column = std::string Options::*;
  constexpr Range kCost{0, 1e12};
  table.add(Cost{&Options::cost_false_positive}, "cost_false_positive",
            "with --threshold cost, what flagging a negative row costs", kCost);
  table.add(Cost{&Options::cost_false_negative}, "cost_false_negative",
            "with --threshold cost, what missing a positive row costs", kCost);
  table.add(Column{&Options::cost_false_positive_column}, "cost_false_positive_column",
            "with --threshold cost, column of what flagging each negative row costs; no feature");
  table.add(Column{&Options::cost_false_negative_column}, "cost_false_negative_column",
            "with --threshold cost, column of what missing each positive row costs; no feature");
  table.add(Cost{&Options::benefit_true_positive}, "benefit_true_positive",
            "with --threshold cost, what flagging a positive row brings", kCost);
  table.add(Cost{&Options::benefit_true_negative}, "benefit_true_negative",
            "with --threshold cost, what leaving a negative row alone brings", kCost);
}

/// Nothing where none is given.
/// \throws Error(usage) if an error has both a constant and a column
std::optional<DecisionCosts> costs_of(const ErrorCosts& costs);

/// How scores become probabilities and labels, as it is asked for.
struct DecisionOptions : ErrorCosts {
  std::string threshold = "f1";
  std::string calibration = "auto";
};

const OptionTable<DecisionOptions>& decision_options();

/// \throws Error(usage) as parse_threshold_rule() does
DecisionPlan decision_plan(const DecisionOptions& options);

}  // namespace rarewood
