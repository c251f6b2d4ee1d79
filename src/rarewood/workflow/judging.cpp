#include "rarewood/workflow/judging.hpp"

#include "rarewood/base/parallel.hpp"
#include "rarewood/evaluate/rate_table.hpp"
#include "rarewood/evaluate/segment.hpp"
#include "rarewood/evaluate/targets.hpp"
#include "rarewood/feature/row_levels.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

bool leaks(const RunRecord& record) { return has_level(record.findings, FindingLevel::proved); }

/// What the model is held against on any part of the test rows.
struct Rivals {
  const Model& model;
  const SingleColumn& single;
  double base_rate = 0;  ///< of the training rows
};

Contestant judged_model(const Model& model, const TestPart& part, const Control& control) {
  return on_test({"model", ""}, TestScoring::score(model, part, control), model.threshold);
}

Evaluation evaluate_part(const Rivals& rivals, const TestPart& part, const RunRecord& record,
                         const Control& control) {
  const Contestant judged = judged_model(rivals.model, part, control);
  const SingleColumn& single = rivals.single;
  return evaluate(judged,
                  {flag_all(judged, rivals.base_rate),
                   on_test({"single_column", "rate table of " + single.column}, single.score(part),
                           single.threshold)},
                  record.data.labels);
}

void fill_slice(const Evaluation& evaluation, Slice& slice) {
  slice.rows = evaluation.totals.rows();
  slice.positives = evaluation.totals.n1;
  slice.metrics = metrics_by_name(evaluation.metrics);
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

std::size_t feature_named(const std::string& name, const FeatureSchema& schema) {
  for (std::size_t f = 0; f < schema.features.size(); ++f) {
    if (schema.features[f].name == name) return f;
  }
  throw Error(ErrorKind::usage,
              "--by " + name +
                  " is no feature of this model. Judge by other columns with 'rarewood evaluate' "
                  "on rows that 'rarewood score' has scored.");
}

}  // namespace

Contestant cross_fitted(const Candidate& candidate, const Control& control) {
  const auto& folds = candidate.scores.fold();
  std::vector<Decision> decisions(folds.empty() ? 0 : folds.back() + 1);
  parallel_for(control, decisions.size(), [&](std::size_t k) {
    decisions[k] =
        decide(candidate.scores.without_fold(static_cast<std::uint32_t>(k)), candidate.plan, {});
  });
  return on_out_of_fold(candidate.name, candidate.scores, decisions);
}

std::vector<Candidate> out_of_fold_candidates(const TrainRequest& request, const Method& method,
                                              const TrainPart& train, const DecisionPlan& plan,
                                              const Control& control) {
  const int members = fold_members(request.train.learner, request.raw);
  std::vector<FoldPlan> plans{{*method.learner, *method.resampler, request.seed, members}};
  std::vector<ContestantName> names{{"model", "this model"}};
  const Method plain = without_balancing(request);
  if (request.train.balance != "none") {
    plans.push_back({*plain.learner, *plain.resampler, request.seed, members});
    names.push_back({"no_resampling", method.resamples ? "same learner without resampling"
                                                       : "same learner without class weights"});
  }
  std::vector<OofScores> scores = OutOfFold::score(train, plans, control);
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    StudiedDecision studied = i == 0
                                  ? study_decision(scores[i], plan, {kDraws, request.seed}, control)
                                  : StudiedDecision{decide(scores[i], plan, control), {}, {}, {}};
    DecisionPlan fixed_plan = settled(plan, studied.decision);
    candidates.push_back(
        {names[i], std::move(scores[i]), std::move(fixed_plan), std::move(studied)});
  }
  return candidates;
}

void fill_from(const Evaluation& evaluation, RunRecord& record) {
  record.metrics.merge(metrics_by_name(evaluation.metrics));
  record.intervals.insert(evaluation.intervals.begin(), evaluation.intervals.end());
  record.design_effects = evaluation.design_effects;
  record.confusion = {{{evaluation.confusion.true_negative, evaluation.confusion.false_positive},
                       {evaluation.confusion.false_negative, evaluation.confusion.true_positive}}};
  record.classification_report = evaluation.report;
  record.baselines = evaluation.baselines;
  for (std::size_t r = 0; r < evaluation.comparisons.size(); ++r) {
    for (const Difference& each : evaluation.comparisons[r].differences) {
      record.differences.push_back({evaluation.baselines[r].name, each.metric->name,
                                    each.model - each.rival, each.interval});
    }
  }
  record.verdict = evaluation.verdict;
  record.warnings.insert(record.warnings.end(), evaluation.warnings.begin(),
                         evaluation.warnings.end());
}

void check_by(const std::vector<std::string>& columns, const FeatureSchema& schema) {
  for (const std::string& column : columns) feature_named(column, schema);
}

void judge_by(const std::vector<std::string>& columns, const Model& model, const TestPart& part,
              RunRecord& record, const Control& control) {
  if (columns.empty()) return;
  const Contestant judged = judged_model(model, part, control);
  for (const std::string& column : columns) {
    const std::size_t place = feature_named(column, model.schema);
    const RowLevels levels = levels_of(model.schema.features[place], place, part);
    record.segmentations.push_back(
        judge_segments(judged, {levels.column, levels.names, levels.of}, true, control));
  }
}

void judge_on_test(const Model& model, const Split& split, const ThresholdRule& rule,
                   RunRecord& record, const Control& control) {
  const SingleColumn single = best_single_column(split.train, model.schema, rule, control);
  const Rivals rivals{model, single, split.train.totals().base_rate()};
  const Evaluation evaluation = evaluate_part(rivals, split.test, record, control);
  fill_from(evaluation, record);
  record.curve = curve_steps(judged_model(model, split.test, control).probabilities);
  record.metrics["threshold"] = model.threshold.probability;
  if (leaks(record)) record.verdict = "Not judged: a column gives the answer away.";
  // The targets are the conversion job's; another table's owner has not set any.
  if (record.data.target == "is_ordered") {
    record.targets = judge_targets(evaluation.intervals, leaks(record));
  }
  for (Slice& slice : record.slices) {
    fill_slice(evaluate_part(rivals, split.test_slice, record, control), slice);
  }
}

/// As asked beside the same learner without: both on the same training rows, none of which their
/// models saw.
void judge_out_of_fold(const std::vector<Candidate>& candidates, RunRecord& record,
                       const Control& control) {
  if (candidates.size() < 2) return;
  const std::vector<Contestant> rivals{cross_fitted(candidates[1], control)};
  const Evaluation evaluation =
      evaluate(cross_fitted(candidates[0], control), rivals, record.data.labels);
  record.baselines.push_back({candidates[0].name.name, candidates[0].name.description,
                              "out_of_fold", metrics_by_name(evaluation.metrics)});
  record.baselines.insert(record.baselines.end(), evaluation.baselines.begin(),
                          evaluation.baselines.end());
  if (!leaks(record)) record.verdict += " Out of fold: " + evaluation.verdict;
}

}  // namespace rarewood
