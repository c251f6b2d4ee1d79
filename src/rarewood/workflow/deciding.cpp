#include "rarewood/workflow/deciding.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/evaluate/interval.hpp"
#include "rarewood/evaluate/reliability.hpp"
#include "rarewood/evaluate/score_axis.hpp"
#include "rarewood/evaluate/threshold_figure.hpp"
#include "rarewood/evaluate/threshold_interval.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/report/warn.hpp"
#include "rarewood/workflow/loading.hpp"

namespace rarewood {
namespace {

constexpr double kDay = 86400;
constexpr std::int64_t kLatestDays = 28;

/// Those that have no name among the metrics yet.
void add_metrics(const CalibrationFigures& figures, const std::string& prefix, RunRecord& record) {
  const auto add = [&](const std::string& name, const Figure& figure) {
    if (!std::isfinite(figure.value)) return;
    record.metrics[prefix + name] = figure.value;
    record.intervals[prefix + name] = figure.interval;
  };
  record.metrics[prefix + "mean_probability"] = figures.mean_probability;
  add("calibration_in_the_large", figures.in_the_large);
  add("calibration_slope", figures.slope);
  add("calibration_intercept", figures.intercept);
  add("ece", figures.ece);
  if (!prefix.empty()) add("brier", figures.brier);
}

/// How well the probabilities that are used fit the rows.
void record_fit(const ScoreList& probabilities, const EntryBlocks& by_group,
                const BootstrapPlan& draws, RunRecord& record) {
  record.calibration.after = calibration_figures(probabilities, by_group, draws);
  record.calibration.curve = reliability_curve(probabilities, by_group);
  const auto brier = record.intervals.find("brier");
  if (brier != record.intervals.end()) record.calibration.after.brier.interval = brier->second;
  add_metrics(record.calibration.after, "", record);
}

/// The table's of the metrics where the figure is one of them, so that a run has one of each.
Interval interval_of_figure(const ThresholdRule& rule, const Contestant& model,
                            const BootstrapPlan& draws, const RunRecord& record) {
  const auto known = record.intervals.find(record.threshold.figure);
  if (known != record.intervals.end()) return known->second;
  const Said said{model.probabilities, model.flags};
  if (record.threshold.figure == "flag_rate") {
    return rate_intervals(said.probabilities, said.flags, model.blocks).flagged;
  }
  if (!model.blocks.empty()) return figure_range(rule, said, model.blocks);
  return figure_interval(rule, record.confusion, draws);
}

}  // namespace

double rows_per_day(const TrainingTable& table, const SplitOptions& split) {
  const RowKeys* times = row_times(table, split);
  if (times == nullptr || times->values.empty()) return 0;
  const auto [first, last] = std::minmax_element(times->values.begin(), times->values.end());
  if (*first < kLeastTime) return 0;
  const double days =
      std::clamp(static_cast<double>(*last - *first) / kDay, 1.0, static_cast<double>(kLatestDays));
  const auto begin = *last - static_cast<std::int64_t>(days * kDay);
  const auto rows = std::count_if(times->values.begin(), times->values.end(),
                                  [&](std::int64_t time) { return time > begin; });
  return static_cast<double>(rows) / days;
}

DecisionPlan plan_for(const TrainingTable& table, const TrainRequest& request) {
  DecisionPlan plan = decision_plan(request.decision);
  plan.rule = with_rows_per_day(plan.rule, rows_per_day(table, request.split));
  return plan;
}

void record_decision(const StudiedDecision& studied, RunRecord& record) {
  record.calibration.method = studied.decision.calibrator.method;
  record.calibration.trials = studied.calibration.trials;
  record.threshold = studied.threshold;
  record.metrics["threshold"] = studied.threshold.probability;
  if (std::isfinite(studied.threshold.interval.low)) {
    record.intervals["threshold"] = studied.threshold.interval;
  }
  for (const std::string& warning : studied.warnings) warn(record.warnings, warning);
}

void record_calibration(const Model& model, const TestView& test, const BootstrapPlan& draws,
                        RunRecord& record) {
  const ScoreScale scale = score_scale(model.predictor);
  const Contestant& judged = test.model;
  ScoreList before = test.raw.list();
  for (ScoreCount& entry : before) entry.score = share_of(entry.score, scale);
  record.calibration.before = calibration_figures(before, judged.blocks, draws);
  add_metrics(record.calibration.before, "uncalibrated_", record);
  record_fit(judged.probabilities, judged.blocks, draws, record);
  for (const std::string& warning : calibration_warnings(record.calibration.after)) {
    warn(record.warnings, warning);
  }
}

void record_calibration_as_given(const Contestant& judged, const BootstrapPlan& draws,
                                 RunRecord& record) {
  record.calibration.method = "given";
  record_fit(judged.probabilities, judged.blocks, draws, record);
  for (const std::string& warning : calibration_warnings(record.calibration.after)) {
    warn(record.warnings, warning);
  }
}

void record_figure_on_test(const ThresholdRule& rule, const Contestant& model,
                           const BootstrapPlan& draws, RunRecord& record) {
  if (record.threshold.figure.empty()) return;
  // Counts by class do not know what each row costs; whoever judged the rows does.
  record.threshold.test = rule.costs.differ_by_row() ? record.metrics.at(record.threshold.figure)
                                                     : figure_of(rule, record.confusion);
  record.threshold.test_interval = interval_of_figure(rule, model, draws, record);
}

}  // namespace rarewood
