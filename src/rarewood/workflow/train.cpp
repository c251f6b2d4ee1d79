#include "rarewood/workflow/train.hpp"

#include "rarewood/audit/scan.hpp"
#include "rarewood/base/process.hpp"
#include "rarewood/base/version.hpp"
#include "rarewood/explain/importance.hpp"
#include "rarewood/report/calibration_text.hpp"
#include "rarewood/report/console.hpp"
#include "rarewood/report/console_detail.hpp"
#include "rarewood/report/findings_text.hpp"
#include "rarewood/report/groups_text.hpp"
#include "rarewood/report/looks_text.hpp"
#include "rarewood/report/record_params.hpp"
#include "rarewood/report/segment_text.hpp"
#include "rarewood/report/time_check_text.hpp"
#include "rarewood/report/warn.hpp"
#include "rarewood/resample/synthetic_place.hpp"
#include "rarewood/track/looks.hpp"
#include "rarewood/workflow/all_rows.hpp"
#include "rarewood/workflow/auditing.hpp"
#include "rarewood/workflow/begin_run.hpp"
#include "rarewood/workflow/capacity.hpp"
#include "rarewood/workflow/deciding.hpp"
#include "rarewood/workflow/fitting.hpp"
#include "rarewood/workflow/judging.hpp"
#include "rarewood/workflow/loading.hpp"
#include "rarewood/workflow/replaced_model.hpp"
#include "rarewood/workflow/saving.hpp"
#include "rarewood/workflow/stopwatch.hpp"
#include "rarewood/workflow/test_rows.hpp"
#include "rarewood/workflow/time_check.hpp"
#include "rarewood/workflow/training_window.hpp"

namespace rarewood {
namespace {

/// Options that decide the model, by name; a learner's only if it is the one in use.
std::vector<std::pair<std::string, std::string>> model_options(const TrainRequest& request,
                                                               const Method& method) {
  std::vector<std::pair<std::string, std::string>> options;
  const auto add = [&](const auto& pairs) {
    options.insert(options.end(), pairs.begin(), pairs.end());
  };
  add(train_options().model_values(request.train));
  add(decision_options().model_values(request.decision));
  add(method.options);
  add(split_options().model_values(request.split));
  add(feature_options().model_values(request.feature));
  options.emplace_back("random_state", std::to_string(request.seed));
  return options;
}

/// The contract's parameters, then every option.
void fill_params(const TrainRequest& request, const Method& method, const ModelPlace& place,
                 RunRecord& record) {
  record.params = data_params(record.data, place.store->uri(place.pkl_key));
  const auto options = model_options(request, method);
  record.params.insert(record.params.end(), options.begin(), options.end());
}

/// What the balance is going to do, said before it is done.
void say_plan(const Method& method, const FitPart& part, const RunRecord& record, const Say& say) {
  method.resampler->check(part.totals());
  if (!method.resamples) return;
  const SamplingPlan plan = method.resampler->plan(part);
  say(resampling_text(method.resampler_title));
  say(distribution_text("Original distribution", record.data.labels,
                        {plan.before.n0, plan.before.n1}));
  say(plan_text(plan.synthetic, plan.about, plan.memory));
}

/// The lines the strategies print between the split and the evaluation.
void say_method(const Method& method, const Resampled& after, double among_majority,
                RunRecord& record, const Say& say) {
  if (method.resamples) {
    const ClassTotals totals = after.part.totals();
    say(distribution_text("After " + method.resampler_title, record.data.labels,
                          {totals.n0, totals.n1}));
    say(synthetic_text(after.synthetic, after.copies, among_majority));
    if (!after.note.empty()) say("   " + after.note + "\n");
    record.data.synthetic_rows = after.synthetic;
  }
  const double weight =
      method.positive_weight ? method.positive_weight(after.part.weight_sums()) : 1;
  if (weight != 1) say(positive_weight_text(weight));
  say(training_text(method.learner_title, method.class_weights && !method.resamples));
}

Resampled resample(const TrainRequest& request, const Method& method, const FitPart& part,
                   RunRecord& record, const Control& control) {
  const Stopwatch watch(record.timings, "resample");
  return method.resampler->resample(part, request.seed, control);
}

Predictor fit(const TrainRequest& request, const Method& method, const FitPart& part,
              RunRecord& record, const Control& control) {
  const Stopwatch watch(record.timings, "fit");
  const auto tell = [&](const std::string& sentence) { warn(record.warnings, sentence); };
  return method.learner->fit(part, {request.seed, 0, tell}, control);
}

/// Boosting rounds of a model; 0 of one that is not boosted. XGBoost's intercept is a tree of one
/// leaf before them.
std::size_t boosting_rounds(const Predictor& predictor) {
  const auto* trees = std::get_if<Ensemble>(&predictor);
  if (trees == nullptr || trees->aggregation != Ensemble::Aggregation::sum) return 0;
  const bool intercept = trees->nodes[trees->roots.front()].is_leaf();
  return trees->trees() - (intercept ? 1 : 0);
}

Provenance provenance(const TrainRequest& request, const Method& method, const RunRecord& record,
                      const TrainingTable& table, const CountedTable& counted) {
  return {record.data.fingerprint,           rarewood_version(),
          model_options(request, method),    training_window(table, counted, request.split),
          leaking_features(record.findings), known_group_column(table, request)};
}

void note_rounds(const Predictor& predictor, RunRecord& record, const Say& say) {
  const std::size_t rounds = boosting_rounds(predictor);
  if (rounds == 0) return;
  say(rounds_text(rounds));
  record.metrics["boosting_rounds"] = static_cast<double>(rounds);
}

/// \param by_group  whose groups may lie in both parts
void scan(const ScanRequest& audited, const std::vector<GroupedRows>& by_group, RunRecord& record,
          const Control& control) {
  const Stopwatch watch(record.timings, "audit");
  record.findings = scan_table(audited, by_group, control).findings;
}

void note_importance(const Model& model, const ScanRequest& audited, RunRecord& record) {
  record.importance = feature_importance(model.predictor, model.schema);
  record.importance_measure = importance_measure(model.predictor);
  if (record.importance.front().importance == 0) record.importance.clear();  // nothing matters
  add_findings(scan_model(record.importance, audited, record.findings), record.findings);
}

/// Before anything is fitted, and again before the test rows are judged, with what was found by
/// then: a run that is refused has not looked at them.
void fail_on_findings(const TrainRequest& request, const FeatureSchema& schema,
                      const ModelPlace& place, const RunRecord& record, const Say& say) {
  try {
    check_findings(record.findings, request.audit.fail_on);
    refuse_leaky_replacement(place, schema, record.findings, request.audit.fail_on, "--model");
  } catch (const Error&) {
    say(findings_text(request.style, record.findings));
    throw;
  }
}

void say_results(const TrainRequest& request, const RunRecord& record, const Say& say) {
  say(findings_text(request.style, record.findings));
  say(report_text(request.style, record.classification_report));
  say(key_metrics_text(request.style, record) + groups_text(record));
  say(looks_text(record));
  say(calibration_text(request.style, record));
  say(baselines_text(request.style, record));
  say(all_rows_text(request.style, record.all_rows));
  say(slices_text(request.style, record));
  say(segments_text(request.style, record));
  say(time_check_text(request.style, record.time_check));
  say(targets_text(request.style, record));
  say(importance_text(request.style, record));
  say(diagnoses_text(request.style, record));
}

}  // namespace

RunRecord train(const TrainRequest& request, const Say& say, const Control& control) {
  const Method method = choose_method(request.train, request.raw);
  decision_plan(request.decision);  // refused now rather than after the fit
  RunRecord record = begin_run("train", request.track);
  record.warnings = request.warnings;
  const ModelPlace place = find_model_place(request, control);

  const TrainingTable table = load_table(request, record, say, control);
  record.experiment = experiment_name(request.track, table.schema.target.name);
  // now rather than after the fit
  check_by(request.train.by, table, known_times(table, request.split) != nullptr);
  const DecisionPlan plan = plan_for(table, request);
  const CountedTable counted = split_table(table, request, record, say, control);
  const TestRows test_rows = find_test_rows(table, counted, request, record, control);
  const Split split = split_by_fold(counted.cells, counted.folds, test_rows.active);
  fill_params(request, method, place, record);
  const ScanRequest audited{counted.cells, counted.schema, split.train,
                            request.feature.available_at};
  scan(audited, grouped_rows(table, counted, request), record, control);
  fail_on_findings(request, counted.schema, place, record, say);

  const FitPart part = split.train.all();
  say_plan(method, part, record, say);
  const Resampled resampled = resample(request, method, part, record, control);
  const double among_majority =
      resampled.synthetic > 0 ? share_among_majority(part, resampled.part, request.seed, control)
                              : 0;
  say_method(method, resampled, among_majority, record, say);
  Model model{counted.schema,
              fit(request, method, resampled.part, record, control),
              {},
              {},
              provenance(request, method, record, table, counted)};
  note_rounds(model.predictor, record, say);
  note_importance(model, audited, record);
  fail_on_findings(request, counted.schema, place, record, say);
  say(evaluating_text(request.style));
  const OutOfFoldView out_of_fold = [&] {
    const Stopwatch watch(record.timings, "out_of_fold");
    return judge_out_of_fold({request, method, plan}, split.train, test_rows.training_by_group,
                             control);
  }();
  const StudiedDecision& studied = out_of_fold.studied;
  model.calibrator = studied.decision.calibrator;
  model.threshold = studied.decision.threshold;
  record_decision(studied, record);
  const TestView test = view_test(model, split, test_rows, control);
  {
    const Stopwatch watch(record.timings, "evaluate");
    judge_on_test(model, test, plan.rule, record, control);
    record_calibration(model, test, {kDraws, request.seed}, record);
    record_figure_on_test(plan.rule, test.model, {kDraws, request.seed}, record);
    check_capacity(table, counted, request, record);
    judge_by(request.train.by, model.schema, test, record, control);
    compare_out_of_fold(out_of_fold, plan.rule, record, control);
    const ScoreList out_of_bag =
        method.learner->out_of_bag(resampled.part, {request.seed, 0, {}}, model.predictor, control);
    if (!out_of_bag.empty()) {
      record.metrics["oob_auc_roc"] = compute_metrics(out_of_bag, 0.5).auc_roc;
    }
  }
  judge_on_all_rows(table, counted, {request, method, plan}, record, control);
  if (request.train.time_check) {
    check_over_time(table, {request, method, plan}, out_of_fold.model, record, control);
  }
  record_look(request.track.journal, record);

  const std::string onnx = save_model(
      {model, with_probabilities(expected_columns(table, counted, request, control), test.model)},
      place, request, record);
  record.ended_at_ms = now_ms();
  record.peak_memory_bytes = peak_memory();
  const auto artifacts = model_artifacts(onnx, model, request, record);
  const auto folder = keep_run(request, record, artifacts);
  say_results(request, record, say);  // not before the journal has the look
  say(saved_model_text(request, record));
  track_run(folder, request, record, say, control);
  return record;
}

}  // namespace rarewood
