#include "rarewood/workflow/time_check.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/interval.hpp"
#include "rarewood/learn/out_of_fold.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/pattern/count.hpp"
#include "rarewood/report/warn.hpp"
#include "rarewood/workflow/loading.hpp"
#include "rarewood/workflow/row_groups.hpp"
#include "rarewood/workflow/stopwatch.hpp"

namespace rarewood {
namespace {

// What counts as unlike, beyond what chance explains; see docs/method/evaluation.md.
constexpr double kAucLoss = 0.03;
constexpr double kRateShare = 0.1;

struct TimeSplit {
  std::int64_t tested_from = 0;
  std::uint64_t left_out = 0;
  Split parts;
  EntryBlocks latest_by_group;  ///< the rows of the test part
};

/// Earlier rows keep together in folds what the run's own folds keep together: else calibrator and
/// threshold would know keys that those they are held against do not. \return whether they do
bool place_by_key(const TrainingTable& table, const TrainRequest& request,
                  std::vector<std::uint32_t>& folds) {
  const SplitKind kind = request.split.split;
  if (kind != SplitKind::group && kind != SplitKind::hash) return false;
  const std::vector<std::uint64_t> keys = keys_of(*deciding_keys(table, request.split));
  const auto wanted = static_cast<std::uint32_t>(request.split.folds);
  const std::vector<std::uint32_t> own = folds_by_key(keys, 0, wanted, request.seed);
  for (std::size_t row = 0; row < folds.size(); ++row) {
    if (folds[row] == 0) folds[row] = own[row];
  }
  return true;
}

TimeSplit split_by_time(const TrainingTable& table, const RowKeys& times,
                        const TrainRequest& request, const Control& control) {
  std::vector<std::uint32_t> folds =
      folds_by_time(times.values, request.split.test_size, time_gap(table, request.split));
  std::int64_t from = std::numeric_limits<std::int64_t>::max();
  for (std::size_t row = 0; row < folds.size(); ++row) {
    if (folds[row] == kTestFold) from = std::min(from, times.values[row]);
  }
  const bool placed = place_by_key(table, request, folds);
  CountedRows counted = count_rows(table.columns, table.schema,
                                   {table.labels, folds, table.weights, table.costs}, control);
  const std::uint64_t left_out = drop_left_out(counted.table.cells);
  const auto wanted = static_cast<std::uint32_t>(request.split.folds);
  const CellTable parts =
      placed ? std::move(counted.table) : draw_folds(counted.table, wanted, request.seed);
  return {from, left_out, split_by_fold(parts, wanted),
          test_by_group(row_groups(table, request), {table, counted.pattern, folds})};
}

Sighting sighting_of(const Contestant& judged) {
  Sighting seen;
  double sum = 0;
  ClassTotals totals;
  for (const ScoreCount& entry : judged.probabilities) {
    sum += entry.score * static_cast<double>(entry.n0 + entry.n1);
    totals.n0 += entry.n0;
    totals.n1 += entry.n1;
  }
  seen.rows = totals.rows();
  seen.positives = totals.n1;
  seen.mean_probability = sum / static_cast<double>(totals.rows());
  seen.positive_rate = totals.base_rate();
  seen.rate_interval = rate_intervals(judged.probabilities, judged.flags, judged.blocks).positive;
  seen.metrics = metrics_by_name(compute_metrics(judged.probabilities, judged.flags));
  seen.intervals = metric_intervals(judged.probabilities, judged.flags, judged.blocks).intervals;
  return seen;
}

/// The recipe of the run, with a fold's number of members, on the time's parts.
Sighting judge_latest(const TimeSplit& split, const RunRecipe& recipe, const FeatureSchema& schema,
                      const Control& control) {
  const Split& parts = split.parts;
  const auto& [request, method, plan] = recipe;
  const int members = ensemble_members(request.train.learner, request.raw);
  const std::vector<FoldPlan> plans{{*method.learner, *method.resampler, request.seed, members}};
  const std::vector<OofScores> scores = OutOfFold::score(parts.train, plans, control);
  const Decision decision = decide(scores.front(), plan, control);
  const FitPart fitted = method.resampler->resample(parts.train.all(), request.seed, control).part;
  const Model model{schema,
                    method.learner->fit(fitted, {request.seed, members}, control),
                    decision.calibrator,
                    decision.threshold,
                    {}};
  Contestant latest =
      on_test({"model", ""}, TestScoring::score(model, parts.test, control), model.threshold);
  latest.blocks = split.latest_by_group;
  return sighting_of(latest);
}

std::string percent(double share) { return fixed(100 * share, 2) + " %"; }

bool known(const Interval& interval) {
  return std::isfinite(interval.low) && std::isfinite(interval.high);
}

/// What is unlike, as halves of sentences.
std::vector<std::string> disagreements(const Sighting& random, const Sighting& latest) {
  std::vector<std::string> found;
  const Interval& auc_before = random.intervals.at("auc_roc");
  const Interval& auc_after = latest.intervals.at("auc_roc");
  if (known(auc_before) && known(auc_after) && auc_after.high < auc_before.low - kAucLoss) {
    found.push_back("AUC is " + fixed(latest.metrics.at("auc_roc"), 3) + " instead of " +
                    fixed(random.metrics.at("auc_roc"), 3));
  }
  const double predicted = latest.mean_probability;
  if (latest.rate_interval.low > predicted * (1 + kRateShare) ||
      latest.rate_interval.high < predicted * (1 - kRateShare)) {
    found.push_back(percent(latest.positive_rate) + " of them are positive where " +
                    percent(predicted) + " were predicted");
  }
  const Interval& f1_before = random.intervals.at("f1_score");
  const Interval& f1_after = latest.intervals.at("f1_score");
  if (known(f1_before) && known(f1_after) && f1_after.high < f1_before.low * (1 - kRateShare)) {
    found.push_back("F1 at the threshold carried over is " +
                    fixed(latest.metrics.at("f1_score"), 3) + " instead of " +
                    fixed(random.metrics.at("f1_score"), 3));
  }
  return found;
}

/// What differs beyond chance, but less than would be called unlike.
std::vector<std::string> slight_differences(const Sighting& random, const Sighting& latest) {
  std::vector<std::string> found;
  for (const auto& [metric, title] : {std::pair{"auc_roc", "AUC"}, std::pair{"f1_score", "F1"}}) {
    const Interval& before = random.intervals.at(metric);
    const Interval& after = latest.intervals.at(metric);
    if (!known(before) || !known(after)) continue;
    if (after.high >= before.low && after.low <= before.high) continue;
    const double change = latest.metrics.at(metric) - random.metrics.at(metric);
    found.push_back(std::string(title) + (change < 0 ? " is lower by " : " is higher by ") +
                    fixed(std::abs(change), 3));
  }
  const double predicted = latest.mean_probability;
  if (predicted < latest.rate_interval.low || predicted > latest.rate_interval.high) {
    found.push_back(percent(latest.positive_rate) + " of the latest rows are positive where " +
                    percent(predicted) + " were predicted");
  }
  return found;
}

std::string verdict_of(const TimeCheck& check, const std::vector<std::string>& unlike,
                       bool few_groups) {
  if (!unlike.empty()) {
    return "The latest rows are unlike the earlier ones: " + listed(unlike) +
           ". Expect that of days to come rather than the figures above; --split time judges by "
           "them.";
  }
  if (few_groups) {
    return "The latest rows, or the earlier ones, are of too few groups to tell.";
  }
  const Interval& auc = check.latest.intervals.at("auc_roc");
  if (!known(auc) || auc.low < check.at_random.metrics.at("auc_roc") - 2 * kAucLoss) {
    return "The latest rows hold only " + thousands(check.latest.positives) +
           " positive ones: too few to tell.";
  }
  const auto slight = slight_differences(check.at_random, check.latest);
  if (slight.empty()) return "The latest rows are as the earlier ones promised.";
  return "The latest rows differ a little, within what is tolerated: " + listed(slight) + ".";
}

/// \param few_groups  of either side: nothing has an interval
void conclude(TimeCheck& check, bool few_groups, RunRecord& record) {
  const std::vector<std::string> found = disagreements(check.at_random, check.latest);
  check.agrees = found.empty();
  check.verdict = verdict_of(check, found, few_groups);
  if (check.agrees) return;
  record.verdict += (record.verdict.empty() ? "" : " ") + check.verdict;
  warn(record.warnings, check.verdict);
}

}  // namespace

void check_over_time(const TrainingTable& table, const RunRecipe& recipe, const Contestant& model,
                     RunRecord& record, const Control& control) {
  const TrainRequest& request = recipe.request;
  const RowKeys* times = row_times(table, request.split);
  if (times == nullptr || request.split.split == SplitKind::time) return;
  const Stopwatch watch(record.timings, "time_check");
  try {
    const TimeSplit split = split_by_time(table, *times, request, control);
    TimeCheck check;
    check.column = times->name;
    check.tested_from = split.tested_from;
    check.gap = time_gap(table, request.split);
    check.train_rows = split.parts.train.totals().rows();
    check.left_out = split.left_out;
    check.at_random = sighting_of(model);
    check.latest = judge_latest(split, recipe, table.schema, control);
    conclude(check, few_blocks(model.blocks) || few_blocks(split.latest_by_group), record);
    record.time_check = std::move(check);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::data) throw;
    warn(record.warnings, "There is no check over time: " + std::string(error.what()));
  }
}

}  // namespace rarewood
