#include "rarewood/workflow/judging.hpp"

#include "rarewood/evaluate/rate_table.hpp"
#include "rarewood/evaluate/targets.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

bool leaks(const RunRecord& record) {
  for (const Finding& finding : record.findings) {
    if (finding.kind == "leak") return true;
  }
  return false;
}

void add_warnings(const Evaluation& evaluation, RunRecord& record) {
  record.warnings.insert(record.warnings.end(), evaluation.warnings.begin(),
                         evaluation.warnings.end());
}

Contestant contestant(const Candidate& candidate) {
  return on_out_of_fold(candidate.name, candidate.scores, candidate.decision.calibrator,
                        candidate.decision.threshold);
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

}  // namespace

std::vector<Candidate> out_of_fold_candidates(const TrainRequest& request, const Method& method,
                                              const TrainPart& train, const Control& control) {
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
    Decision decision = decide(scores[i], request.train.threshold);
    candidates.push_back({names[i], std::move(scores[i]), std::move(decision)});
  }
  return candidates;
}

void judge_on_test(const Model& model, const Split& split, const TrainRequest& request,
                   RunRecord& record, const Control& control) {
  const Contestant judged =
      on_test({"model", ""}, TestScoring::score(model, split.test, control), model.threshold);
  const SingleColumn single = best_single_column(split.train, split.test, model.schema, control);
  const std::vector<Contestant> rivals{
      flag_all(judged, split.train.totals().base_rate()),
      on_test({"single_column", "rate table of " + single.column}, single.test, single.threshold)};
  const Evaluation evaluation =
      evaluate(judged, rivals, record.data.labels, {1000, request.seed}, control);
  record.metrics = metrics_by_name(evaluation.metrics);
  record.metrics["threshold"] = model.threshold.probability;
  record.intervals = evaluation.intervals;
  record.confusion = {{{evaluation.confusion.true_negative, evaluation.confusion.false_positive},
                       {evaluation.confusion.false_negative, evaluation.confusion.true_positive}}};
  record.classification_report = evaluation.report;
  record.baselines = evaluation.baselines;
  record.verdict =
      leaks(record) ? "Not judged: a column gives the answer away." : evaluation.verdict;
  record.targets = judge_targets(evaluation.intervals, leaks(record));
  add_warnings(evaluation, record);
}

/// As asked beside the same learner without: both on the same training rows, none of which their
/// models saw.
void judge_out_of_fold(const std::vector<Candidate>& candidates, const TrainRequest& request,
                       RunRecord& record, const Control& control) {
  if (candidates.size() < 2) return;
  const std::vector<Contestant> rivals{contestant(candidates[1])};
  const Evaluation evaluation =
      evaluate(contestant(candidates[0]), rivals, record.data.labels, {200, request.seed}, control);
  record.baselines.push_back({candidates[0].name.name, candidates[0].name.description,
                              "out_of_fold", metrics_by_name(evaluation.metrics)});
  record.baselines.insert(record.baselines.end(), evaluation.baselines.begin(),
                          evaluation.baselines.end());
  if (!leaks(record)) record.verdict += " Out of fold: " + evaluation.verdict;
}

}  // namespace rarewood
