#include "rarewood/evaluate/decide.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "rarewood/base/parallel.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/calibration.hpp"
#include "rarewood/evaluate/threshold.hpp"
#include "rarewood/evaluate/threshold_figure.hpp"
#include "rarewood/evaluate/threshold_interval.hpp"

namespace rarewood {
namespace {

using Kind = ThresholdRule::Kind;

/// Fewer than this, and a warning says so.
constexpr std::uint64_t kFewPositives = 10;

bool all_alike(const ScoreList& list) {
  return std::all_of(list.begin(), list.end(),
                     [&](const ScoreCount& entry) { return entry.score == list.front().score; });
}

CalibrationChoice calibration_for(const OofScores& scores, const DecisionPlan& plan,
                                  const Control& control) {
  if (plan.calibration != "auto") return {plan.calibration, {}};
  return choose_calibration(scores, control);
}

std::string few_positives_warning(const ClassTotals& totals) {
  if (totals.n1 >= kFewPositives) return "";
  return "Only " + std::to_string(totals.n1) +
         " positive rows to calibrate and to choose a threshold on: both are rough. Use more rows.";
}

std::string fallback_warning(const std::string& asked, const Calibrator& calibrator) {
  if (asked != "isotonic" || calibrator.method != "platt") return "";
  return "Isotonic calibration needs two groups of scores with 10 rows of each class in either; "
         "platt was taken. Use more rows.";
}

bool ranks(const OofScores& scores, const Calibrator& calibrator) {
  return calibrator.method != "constant" && !all_alike(scores.list());
}

ThresholdRule likelier_class() { return {Kind::fixed, 0.5, {}, "0.5"}; }

ThresholdFacts facts_of(const ThresholdRule& rule, const ThresholdChoice& choice) {
  ThresholdFacts facts;
  facts.rule = choice.threshold.rule;
  facts.words = rule_words(rule);
  facts.probability = choice.threshold.probability;
  facts.figure = figure_name(rule);
  const bool asks =
      rule.kind == Kind::recall || rule.kind == Kind::precision || rule.kind == Kind::top;
  if (asks) facts.wanted = rule.value;
  facts.out_of_fold = choice.figure;
  facts.optimum = choice.optimum;
  facts.best_out_of_fold = choice.best_figure;
  facts.plateau = choice.plateau;
  facts.expected = expected_threshold(rule, choice.best_figure);
  facts.everyone = choice.everyone;
  facts.nobody = choice.nobody;
  return facts;
}

/// Right probabilities have the best threshold where theory puts it, but for chance.
std::string expectation_warning(const ThresholdFacts& facts, const DecisionPlan& plan) {
  if (!std::isfinite(facts.expected)) return "";
  const auto holds = [&](const Interval& range) {
    return facts.expected >= range.low && facts.expected <= range.high;
  };
  if (holds(facts.interval) || holds(facts.plateau)) return "";
  return "The best threshold lies between " + fixed(facts.interval.low, 4) + " and " +
         fixed(facts.interval.high, 4) + "; with right probabilities it would be " +
         fixed(facts.expected, 4) + ". They are somewhat wrong there" +
         (plan.calibration == "auto"
              ? ", and no other --calibration did better out of fold: use more rows."
              : ": try --calibration auto.");
}

std::vector<Calibrator> calibrators_by_fold(const OofScores& scores, const DecisionPlan& plan,
                                            const Control& control) {
  if (plan.calibration == "auto") return cross_fit_calibrators(scores, control);
  std::vector<Calibrator> calibrators(scores.folds());
  parallel_for(control, calibrators.size(), [&](std::size_t k) {
    calibrators[k] =
        fit_calibrator(scores.without_fold(static_cast<std::uint32_t>(k)), plan.calibration);
  });
  return calibrators;
}

Threshold threshold_for(const OofScores& scores, const DecisionPlan& plan,
                        const Calibrator& calibrator) {
  const bool able = plan.rule_for_all || ranks(scores, calibrator);
  return choose_threshold(scores, calibrator, able ? plan.rule : likelier_class()).threshold;
}

}  // namespace

Decision decide(const OofScores& scores, const DecisionPlan& plan, const Control& control) {
  const CalibrationChoice chosen = calibration_for(scores, plan, control);
  const Calibrator calibrator = fit_calibrator(scores, chosen.method);
  return {calibrator, threshold_for(scores, plan, calibrator)};
}

Contestant cross_fitted(const ContestantName& name, const OofScores& scores,
                        const DecisionPlan& plan, const Control& control) {
  const std::vector<Calibrator> calibrators = calibrators_by_fold(scores, plan, control);
  std::vector<Decision> decisions(calibrators.size());
  parallel_for(control, decisions.size(), [&](std::size_t k) {
    const OofScores others = scores.without_fold(static_cast<std::uint32_t>(k));
    decisions[k] = {calibrators[k], threshold_for(others, plan, calibrators[k])};
  });
  return on_out_of_fold(name, scores, decisions);
}

StudiedDecision study_decision(const OofScores& scores, const DecisionPlan& plan,
                               const EntryBlocks& by_group, const BootstrapPlan& draws,
                               const Control& control) {
  CalibrationChoice chosen = calibration_for(scores, plan, control);
  StudiedDecision studied{{fit_calibrator(scores, chosen.method), {}}, {}, std::move(chosen), {}};
  Decision& decision = studied.decision;
  const bool ranked = ranks(scores, decision.calibrator);
  const ThresholdRule rule = plan.rule_for_all || ranked ? plan.rule : likelier_class();
  const ThresholdChoice choice = choose_threshold(scores, decision.calibrator, rule);
  decision.threshold = choice.threshold;
  studied.threshold = facts_of(rule, choice);
  for (const std::string& warning :
       {few_positives_warning(class_totals(scores.list())),
        fallback_warning(plan.calibration, decision.calibrator), choice.warning}) {
    if (!warning.empty()) studied.warnings.push_back(warning);
  }
  if (rule.kind == Kind::fixed || few_blocks(by_group)) return studied;

  const Interval best =
      threshold_interval({scores, by_group}, decision.calibrator, rule, draws, control);
  const double at = decision.threshold.probability;
  studied.threshold.interval = {std::min(best.low, at), std::max(best.high, at)};
  decision.threshold.interval =
      std::array{studied.threshold.interval.low, studied.threshold.interval.high};
  const std::string warning = expectation_warning(studied.threshold, plan);
  if (ranked && !warning.empty()) studied.warnings.push_back(warning);
  return studied;
}

}  // namespace rarewood
