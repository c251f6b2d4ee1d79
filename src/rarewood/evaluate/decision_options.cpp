#include "rarewood/evaluate/decision_options.hpp"

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

/// One source for each kind of error.
void refuse_two_costs(const std::optional<double>& constant, const std::string& column,
                      const char* option) {
  if (!constant || column.empty()) return;
  throw Error(ErrorKind::usage, std::string(option) + " and " + option +
                                    "-column both say what that error costs. Keep one of them.");
}

}  // namespace

std::optional<DecisionCosts> costs_of(const ErrorCosts& options) {
  refuse_two_costs(options.cost_false_positive, options.cost_false_positive_column,
                   "--cost-false-positive");
  refuse_two_costs(options.cost_false_negative, options.cost_false_negative_column,
                   "--cost-false-negative");
  const std::optional<double>& false_positive = options.cost_false_positive;
  const std::optional<double>& false_negative = options.cost_false_negative;
  const std::optional<double>& true_positive = options.benefit_true_positive;
  const std::optional<double>& true_negative = options.benefit_true_negative;
  const bool own_false_positive = !options.cost_false_positive_column.empty();
  const bool own_false_negative = !options.cost_false_negative_column.empty();
  const bool any = false_positive || false_negative || true_positive || true_negative ||
                   own_false_positive || own_false_negative;
  if (!any) return std::nullopt;
  return DecisionCosts{false_positive.value_or(0), false_negative.value_or(0),
                       true_positive.value_or(0),  true_negative.value_or(0),
                       own_false_positive,         own_false_negative};
}

const OptionTable<DecisionOptions>& decision_options() {
  static const OptionTable<DecisionOptions> table = [] {
    OptionTable<DecisionOptions> t("train");
    t.add(&DecisionOptions::threshold, "threshold",
          "where predicted positive begins, chosen on out-of-fold scores: f1, fbeta:2, cost, "
          "net_benefit:0.1, recall:0.8 (at least), precision:0.3 (at least), top:0.1 (share of "
          "rows), per_day:200 (rows a day), or a fixed probability such as 0.4")
        .hints(threshold_words());
    t.add(&DecisionOptions::calibration, "calibration",
          "how scores become probabilities, learned on out-of-fold scores: none takes what the "
          "learner says, platt a sigmoid, beta a lopsided one, isotonic any rising curve; auto the "
          "simplest that is not shown to be worse than the best of them")
        .words({"auto", "none", "platt", "beta", "isotonic"});
    add_error_costs(t);
    return t;
  }();
  return table;
}

DecisionPlan decision_plan(const DecisionOptions& options) {
  return {options.calibration, parse_threshold_rule(options.threshold, costs_of(options))};
}

}  // namespace rarewood
