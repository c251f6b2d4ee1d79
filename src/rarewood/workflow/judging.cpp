#include "rarewood/workflow/judging.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "rarewood/base/parallel.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/finer_entries.hpp"
#include "rarewood/evaluate/rate_table.hpp"
#include "rarewood/evaluate/segment.hpp"
#include "rarewood/evaluate/targets.hpp"
#include "rarewood/feature/row_levels.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/report/warn.hpp"

namespace rarewood {
namespace {

bool leaks(const RunRecord& record) { return has_level(record.findings, FindingLevel::proved); }

std::string why_not_judged(const std::vector<Finding>& findings) {
  if (!leaking_features(findings).empty()) return "Not judged: a column gives the answer away.";
  const auto proved = std::ranges::find(findings, FindingLevel::proved, &Finding::level);
  return "Not judged: " + proved->what + ".";
}

/// What the model is held against on any part of the test rows.
struct Rivals {
  const SingleColumn& single;
  double base_rate = 0;  ///< of the training rows
  const ThresholdRule& rule;
};

/// \param model  on the rows of the part
Evaluation evaluate_part(const Rivals& rivals, const TestPart& part, const Contestant& model,
                         const RunRecord& record, const Control& control) {
  const SingleColumn& single = rivals.single;
  std::vector<Contestant> others = without_model(model, rivals.base_rate, rivals.rule);
  others.push_back(on_test({"single_column", "rate table of " + single.column}, single.score(part),
                           single.threshold));
  return evaluate(model, others, record.data.labels, rivals.rule, control);
}

Contestant judged_model(const Model& model, const TestPart& part, const EntryBlocks& blocks,
                        const Control& control) {
  Contestant judged =
      on_test({"model", ""}, TestScoring::score(model, part, control), model.threshold);
  judged.blocks = blocks;
  return judged;
}

void fill_slice(const Evaluation& evaluation, Slice& slice) {
  slice.rows = evaluation.totals.rows();
  slice.positives = evaluation.totals.n1;
  slice.metrics = evaluation.by_name;
  slice.intervals = evaluation.intervals;
  slice.baselines = evaluation.baselines;
}

/// The same learner and options, with nothing done about the imbalance.
Method without_balancing(const TrainRequest& request) {
  TrainOptions plain = request.train;
  plain.balance = "none";
  RawOptions raw = request.raw;
  if (request.train.balance == "class_weight") {
    raw.erase(learner_named(request.train.learner).balancing.name);
  }
  return choose_method(plain, raw);
}

/// Levels of the rows of each pattern of a part, in its order.
RowLevels levels_of(const Feature& feature, std::size_t place, const TestPart& part) {
  std::vector<float> values;
  std::vector<std::uint64_t> rows;
  for (const PatternCount& count : part.counts()) {
    values.push_back(part.patterns().value(count.pattern, place));
    rows.push_back(count.rows());
  }
  return feature_levels(feature, values, rows);
}

std::optional<std::size_t> feature_named(const std::string& name, const FeatureSchema& schema) {
  for (std::size_t f = 0; f < schema.features.size(); ++f) {
    if (schema.features[f].name == name) return f;
  }
  return std::nullopt;
}

const RowLevels* levels_named(const std::string& name, const std::vector<RowLevels>& levels) {
  const auto found = std::ranges::find(levels, name, &RowLevels::column);
  return found == levels.end() ? nullptr : &*found;
}

/// The model on test rows by the levels of one column.
class SegmentJudge {
 public:
  /// \param judged  the model on the part, with its rows by group
  SegmentJudge(const Contestant& judged, const TestPart& part, const TestRows& rows,
               const Control& control)
      : judged_(judged), part_(part), rows_(rows), control_(control) {}

  /// \param levels  [rows]
  Segmentation by_row(const RowLevels& levels) const {
    const FinerEntries finer = finer_entries({rows_.entry, rows_.positive, rows_.block}, levels.of);
    return judge_segments(cut_finer(judged_, finer), {levels.column, levels.names, finer.level},
                          true, control_);
  }

  Segmentation by_feature(const Feature& feature, std::size_t place) const {
    const RowLevels levels = levels_of(feature, place, part_);
    return judge_segments(judged_, {levels.column, levels.names, levels.of}, true, control_);
  }

 private:
  const Contestant& judged_;
  const TestPart& part_;
  const TestRows& rows_;
  const Control& control_;
};

}  // namespace

OutOfFoldView judge_out_of_fold(const RunRecipe& recipe, const TrainPart& train,
                                const EntryBlocks& by_group, const Control& control) {
  const auto& [request, method, plan] = recipe;
  const int members = ensemble_members(request.train.learner, request.raw);
  std::vector<FoldPlan> plans{{*method.learner, *method.resampler, request.seed, members}};
  const Method plain = without_balancing(request);
  if (request.train.balance != "none") {
    plans.push_back({*plain.learner, *plain.resampler, request.seed, members});
  }
  const std::vector<OofScores> scores = OutOfFold::score(train, plans, control);
  OutOfFoldView view{study_decision(scores[0], plan, by_group, {kDraws, request.seed}, control),
                     cross_fitted({"model", "this model"}, scores[0], plan, control), std::nullopt};
  view.model.blocks = by_group;
  if (scores.size() > 1) {
    view.plain =
        cross_fitted({"no_resampling", method.resamples ? "same learner without resampling"
                                                        : "same learner without class weights"},
                     scores[1], plan, control);
  }
  return view;
}

void fill_from(const Evaluation& evaluation, RunRecord& record) {
  record.metrics.insert(evaluation.by_name.begin(), evaluation.by_name.end());
  record.intervals.insert(evaluation.intervals.begin(), evaluation.intervals.end());
  record.design_effects = evaluation.design_effects;
  record.confusion = evaluation.confusion;
  record.classification_report = evaluation.report;
  record.baselines = evaluation.baselines;
  for (std::size_t r = 0; r < evaluation.comparisons.size(); ++r) {
    for (const Difference& each : evaluation.comparisons[r].differences) {
      record.differences.push_back({evaluation.baselines[r].name, each.metric,
                                    each.model - each.rival, each.interval, each.chance});
    }
  }
  record.verdict = evaluation.verdict;
  for (const std::string& warning : evaluation.warnings) warn(record.warnings, warning);
}

void check_by(const std::vector<std::string>& columns, const TrainingTable& table, bool has_times) {
  for (const std::string& column : columns) {
    if (column == table.schema.target.name) {
      throw Error(ErrorKind::usage, "--by " + column +
                                        " is the target: its levels hold one class each. Name "
                                        "another column.");
    }
    const bool known = feature_named(column, table.schema) || (column == kByTime && has_times) ||
                       levels_named(column, table.levels) != nullptr;
    if (known) continue;
    std::vector<std::string> names;
    for (const ColumnNote& note : table.notes) names.push_back(note.name);
    const auto meant = nearest_word(column, names);
    throw Error(ErrorKind::usage,
                "--by " + column + " is no column of the table or of its keys. " +
                    (meant ? "Did you mean '" + *meant + "'?"
                           : "Name one that is, or week where rows have a time."));
  }
}

void judge_by(const std::vector<std::string>& columns, const FeatureSchema& schema,
              const TestView& test, RunRecord& record, const Control& control) {
  const RowLevels& time = test.rows.time;
  if (columns.empty() && time.names.size() < 2) return;
  const SegmentJudge judge(test.model, test.split.test, test.rows, control);
  bool asks_for_time = false;
  for (const std::string& column : columns) {
    if (const auto place = feature_named(column, schema)) {
      record.segmentations.push_back(judge.by_feature(schema.features[*place], *place));
    } else if (const RowLevels* levels = levels_named(column, test.rows.levels)) {
      record.segmentations.push_back(judge.by_row(*levels));
    } else {
      asks_for_time = true;
    }
  }
  if (time.names.size() < 2 && !asks_for_time) return;
  record.segmentations.push_back(judge.by_row(time));
  record.segmentations.back().asked = asks_for_time;
  record.segmentations.back().note = time.note;
}

TestView view_test(const Model& model, const Split& split, const TestRows& rows,
                   const Control& control) {
  TestScores raw = TestScoring::score_raw(model, split.test, control);
  Contestant judged = on_test({"model", ""}, TestScoring::score(model, raw), model.threshold);
  judged.blocks = rows.by_group;
  return {split, rows, std::move(raw), std::move(judged)};
}

void judge_on_test(const Model& model, const TestView& test, const ThresholdRule& rule,
                   RunRecord& record, const Control& control) {
  const TrainPart& train = test.split.train;
  const SingleColumn single = best_single_column(train, model.schema, rule, control);
  const Rivals rivals{single, train.totals().base_rate(), rule};
  const Evaluation evaluation = evaluate_part(rivals, test.split.test, test.model, record, control);
  fill_from(evaluation, record);
  record.curve = curve_steps(test.model.probabilities);
  record.metrics["threshold"] = model.threshold.probability;
  if (leaks(record)) record.verdict = why_not_judged(record.findings);
  // The targets are the conversion job's; another table's owner has not set any.
  if (record.data.target == "is_ordered") {
    record.targets = judge_targets(evaluation.intervals, leaks(record));
  }
  for (Slice& slice : record.slices) {
    const TestPart& part = test.split.test_slice;
    const Contestant active = judged_model(model, part, test.rows.active_by_group, control);
    fill_slice(evaluate_part(rivals, part, active, record, control), slice);
  }
}

void compare_out_of_fold(const OutOfFoldView& view, const ThresholdRule& rule, RunRecord& record,
                         const Control& control) {
  if (!view.plain) return;
  const Contestant& model = view.model;
  const Evaluation evaluation = evaluate(model, {*view.plain}, record.data.labels, rule, control);
  record.baselines.push_back({model.name, model.description, "out_of_fold", evaluation.by_name});
  record.baselines.insert(record.baselines.end(), evaluation.baselines.begin(),
                          evaluation.baselines.end());
  if (leaks(record)) return;
  record.verdict += " Out of fold: " + evaluation.verdict;
  const Outcome outcome = evaluation.comparisons.front().outcome;
  if (outcome == Outcome::worse || outcome == Outcome::unclear) {
    record.verdict += " Try --strategy steady, which does without.";
  }
}

}  // namespace rarewood
