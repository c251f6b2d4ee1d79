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
  record.verdict = evaluation.verdict;
  record.targets = judge_targets(evaluation.intervals, leaks(record));
  add_warnings(evaluation, record);
}

Contestant contestant(const Candidate& candidate) {
  return on_out_of_fold(candidate.name, candidate.scores, candidate.decision.calibrator,
                        candidate.decision.threshold);
}

/// As asked beside the same learner without: both on the same training rows, none of which their
/// models saw.
void judge_out_of_fold(const Candidate& candidate, const std::vector<Candidate>& rivals,
                       const TrainRequest& request, RunRecord& record, const Control& control) {
  if (rivals.empty()) return;
  std::vector<Contestant> others;
  for (const Candidate& rival : rivals) others.push_back(contestant(rival));
  const Evaluation evaluation =
      evaluate(contestant(candidate), others, record.data.labels, {200, request.seed}, control);
  record.baselines.push_back({candidate.name.name, candidate.name.description, "out_of_fold",
                              metrics_by_name(evaluation.metrics)});
  record.baselines.insert(record.baselines.end(), evaluation.baselines.begin(),
                          evaluation.baselines.end());
  record.verdict += " Out of fold: " + evaluation.verdict;
}

}  // namespace

Candidate out_of_fold_candidate(const ContestantName& name, const TrainPart& train,
                                const FoldPlan& plan, const std::string& threshold_rule,
                                const Control& control) {
  OofScores scores = OutOfFold::score(train, plan, control);
  Decision decision = decide(scores, threshold_rule);
  return {name, std::move(scores), std::move(decision)};
}

std::optional<Candidate> without_balancing(const TrainRequest& request, const TrainPart& train,
                                           const FoldPlan& plan, const Control& control) {
  if (request.train.balance == "none") return std::nullopt;
  TrainOptions plain = request.train;
  plain.balance = "none";
  RawOptions raw = request.raw;
  const bool resamples = !resampler_named(request.train.balance).options.empty();
  if (!resamples) raw.erase("class_weight");
  const Method method = choose_method(plain, raw);
  const FoldPlan same{*method.learner, *method.resampler, plan.seed, plan.max_members};
  const std::string what = resamples ? "resampling" : "class weights";
  return out_of_fold_candidate({"no_resampling", "the same learner without " + what}, train, same,
                               request.train.threshold, control);
}

void judge(const Model& model, const Split& split, const Candidate& candidate,
           const std::vector<Candidate>& rivals, const TrainRequest& request, RunRecord& record,
           const Control& control) {
  judge_on_test(model, split, request, record, control);
  judge_out_of_fold(candidate, rivals, request, record, control);
}

}  // namespace rarewood
