#include "rarewood/evaluate/decision_options.hpp"

namespace rarewood {
namespace {

std::optional<DecisionCosts> costs_of(const DecisionOptions& options) {
  const std::optional<double>& false_positive = options.cost_false_positive;
  const std::optional<double>& false_negative = options.cost_false_negative;
  const std::optional<double>& true_positive = options.benefit_true_positive;
  const std::optional<double>& true_negative = options.benefit_true_negative;
  if (!false_positive && !false_negative && !true_positive && !true_negative) return std::nullopt;
  return DecisionCosts{false_positive.value_or(0), false_negative.value_or(0),
                       true_positive.value_or(0), true_negative.value_or(0)};
}

}  // namespace

const OptionTable<DecisionOptions>& decision_options() {
  static const OptionTable<DecisionOptions> table = [] {
    constexpr Range kCost{0, 1e12};
    OptionTable<DecisionOptions> t("train");
    t.add(&DecisionOptions::threshold, "threshold",
          "where predicted positive begins, chosen on out-of-fold scores: f1, fbeta:2, cost, "
          "net_benefit:0.1, recall:0.8 (at least), precision:0.3 (at least), top:0.1 (share of "
          "rows), per_day:200 (rows a day), or a fixed probability such as 0.4");
    t.add(&DecisionOptions::calibration, "calibration",
          "how scores become probabilities, learned on out-of-fold scores: none takes what the "
          "learner says, platt a sigmoid, beta a lopsided one, isotonic any rising curve; auto the "
          "simplest that is not shown to be worse than the best of them")
        .words({"auto", "none", "platt", "beta", "isotonic"});
    t.add(&DecisionOptions::cost_false_positive, "cost_false_positive",
          "with --threshold cost, what flagging a negative row costs", kCost);
    t.add(&DecisionOptions::cost_false_negative, "cost_false_negative",
          "with --threshold cost, what missing a positive row costs", kCost);
    t.add(&DecisionOptions::benefit_true_positive, "benefit_true_positive",
          "with --threshold cost, what flagging a positive row brings", kCost);
    t.add(&DecisionOptions::benefit_true_negative, "benefit_true_negative",
          "with --threshold cost, what leaving a negative row alone brings", kCost);
    return t;
  }();
  return table;
}

DecisionPlan decision_plan(const DecisionOptions& options) {
  return {options.calibration, parse_threshold_rule(options.threshold, costs_of(options))};
}

}  // namespace rarewood
