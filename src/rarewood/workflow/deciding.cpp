#include "rarewood/workflow/deciding.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/log.hpp"
#include "rarewood/evaluate/threshold_figure.hpp"
#include "rarewood/evaluate/threshold_interval.hpp"

namespace rarewood {
namespace {

constexpr double kDay = 86400;
constexpr std::int64_t kLatestDays = 28;

/// Seconds since 1970 are larger than this from 1973 on; other numbers are no times.
constexpr std::int64_t kLeastTime = 100'000'000;

const RowKeys* times_of(const TrainingTable& table, const SplitOptions& split) {
  for (const RowKeys& keys : table.keys) {
    const bool named = split.split == SplitKind::time && keys.name == split.time_column;
    if ((named || keys.name == "prediction_time") && keys.texts.empty()) return &keys;
  }
  return nullptr;
}

Confusion confusion_of(const RunRecord& record) {
  const auto& [negative, positive] = record.confusion;
  return {negative[0], negative[1], positive[0], positive[1]};
}

}  // namespace

double rows_per_day(const TrainingTable& table, const SplitOptions& split) {
  const RowKeys* times = times_of(table, split);
  if (times == nullptr || times->values.empty()) return 0;
  const auto [first, last] = std::minmax_element(times->values.begin(), times->values.end());
  if (*first < kLeastTime) return 0;
  const double days =
      std::clamp(static_cast<double>(*last - *first) / kDay, 1.0, static_cast<double>(kLatestDays));
  const auto begin = *last - static_cast<std::int64_t>(days * kDay);
  const auto rows = std::count_if(times->values.begin(), times->values.end(),
                                  [&](std::int64_t time) { return time >= begin; });
  return static_cast<double>(rows) / days;
}

DecisionPlan plan_for(const TrainingTable& table, const TrainRequest& request) {
  DecisionPlan plan = decision_plan(request.decision);
  plan.rule = with_rows_per_day(plan.rule, rows_per_day(table, request.split));
  return plan;
}

void record_decision(const StudiedDecision& studied, RunRecord& record) {
  record.threshold = studied.threshold;
  record.metrics["threshold"] = studied.threshold.probability;
  if (std::isfinite(studied.threshold.interval.low)) {
    record.intervals["threshold"] = studied.threshold.interval;
  }
  for (const std::string& warning : studied.warnings) {
    record.warnings.push_back(warning);
    log(LogLevel::warning, warning);
  }
}

void record_figure_on_test(const ThresholdRule& rule, const BootstrapPlan& draws,
                           RunRecord& record) {
  if (record.threshold.figure.empty()) return;
  const Confusion confusion = confusion_of(record);
  record.threshold.test = figure_of(rule, confusion);
  record.threshold.test_interval = figure_interval(rule, confusion, draws);
}

}  // namespace rarewood
