#include "rarewood/workflow/compare_candidates.hpp"

#include "rarewood/audit/scan.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/base/process.hpp"
#include "rarewood/base/version.hpp"
#include "rarewood/explain/importance.hpp"
#include "rarewood/model/model_file.hpp"
#include "rarewood/report/compare_text.hpp"
#include "rarewood/report/console.hpp"
#include "rarewood/report/console_detail.hpp"
#include "rarewood/report/findings_text.hpp"
#include "rarewood/report/record_params.hpp"
#include "rarewood/report/warn.hpp"
#include "rarewood/track/looks.hpp"
#include "rarewood/workflow/auditing.hpp"
#include "rarewood/workflow/begin_run.hpp"
#include "rarewood/workflow/candidate_records.hpp"
#include "rarewood/workflow/deciding.hpp"
#include "rarewood/workflow/judge_candidates.hpp"
#include "rarewood/workflow/loading.hpp"
#include "rarewood/workflow/model_version.hpp"
#include "rarewood/workflow/replaced_model.hpp"
#include "rarewood/workflow/saving.hpp"
#include "rarewood/workflow/sending.hpp"
#include "rarewood/workflow/stopwatch.hpp"
#include "rarewood/workflow/training_window.hpp"

namespace rarewood {
namespace {

/// Nothing where the model is not asked for: then only the journal must be there to be written to.
std::optional<ModelPlace> place_of(const CompareRequest& request, const Control& control) {
  if (!request.compare.save_as.empty()) return find_model_place(request.job, control);
  check_folder_writable(request.job.track.journal);
  return std::nullopt;
}

/// The chosen candidate on all training rows.
Predictor fit_chosen(const CompareRequest& request, const Recipe& recipe, const FitPart& part,
                     RunRecord& record, const Control& control) {
  const Stopwatch watch(record.timings, "fit");
  const std::uint64_t seed = request.job.seed;
  const auto tell = [&](const std::string& sentence) { warn(record.warnings, sentence); };
  const Resampled resampled = recipe.method.resampler->resample(part, seed, control);
  record.data.synthetic_rows = resampled.synthetic;
  return recipe.method.learner->fit(resampled.part, {seed, 0, tell}, control);
}

/// The table read and cut; fills the record's data and findings.
struct Loaded {
  CountedTable counted;
  DecisionPlan plan;
  TestRows test_rows;
  Split split;
  std::optional<TrainingWindow> window;
  Expectations expected;  ///< of the columns
  std::string group_column;
};

Loaded load(const CompareRequest& request, RunRecord& record, const Say& say,
            const Control& control) {
  const TrainRequest& job = request.job;
  const TrainingTable table = load_table(job, record, [](const std::string&) {}, control);
  record.experiment = experiment_name(job.track, table.schema.target.name);
  say(comparing_text(job.style, record.data.target));
  say(loaded_text(job.style, record.data));
  DecisionPlan plan = plan_for(table, job);
  CountedTable counted = split_table(table, job, record, say, control);
  TestRows test_rows = find_test_rows(table, counted, job, record, control);
  Split split = split_by_fold(counted.cells, counted.folds, test_rows.active);
  {
    const Stopwatch watch(record.timings, "audit");
    const ScanRequest audited{counted.cells, counted.schema, split.train, job.feature.available_at};
    record.findings = scan_table(audited, grouped_rows(table, counted, job), control).findings;
  }
  say(findings_text(job.style, record.findings));
  check_findings(record.findings, job.audit.fail_on);
  const auto window = training_window(table, counted, job.split);
  Expectations expected = expected_columns(table, counted, job, control);
  return {std::move(counted),
          std::move(plan),
          std::move(test_rows),
          std::move(split),
          window,
          std::move(expected),
          known_group_column(table, job)};
}

/// Nothing would be shown of any candidate, and the dummy would be chosen for that alone.
void refuse_few_groups(const TestRows& rows) {
  if (!few_blocks(rows.training_by_group)) return;
  throw Error(ErrorKind::data, "The training rows are of only " +
                                   thousands(rows.training_by_group.blocks()) + " groups of " +
                                   rows.groups.column +
                                   ", too few to show which candidate is better. Name a column of "
                                   "more groups with --group-column, or leave it out.");
}

/// The one look at the test part.
TestView look_at_test(const Model& model, const Loaded& loaded, const TrainRequest& job,
                      RunRecord& record, const Control& control) {
  const Stopwatch watch(record.timings, "evaluate");
  const BootstrapPlan draws{kDraws, job.seed};
  TestView test = view_test(model, loaded.split, loaded.test_rows, control);
  judge_on_test(model, test, loaded.plan.rule, record, control);
  record_calibration(model, test, draws, record);
  record_figure_on_test(loaded.plan.rule, test.model, draws, record);
  record.importance = feature_importance(model.predictor, model.schema);
  record.importance_measure = importance_measure(model.predictor);
  if (record.importance.front().importance == 0) record.importance.clear();
  record_look(job.track.journal, record);
  return test;
}

void fill_params(const CompareRequest& request, const Recipe& chosen,
                 const std::optional<ModelPlace>& place, RunRecord& record) {
  record.params =
      data_params(record.data, place ? place->store->uri(place->pkl_key) : std::string("none"));
  for (const auto& options :
       {options_of(request, chosen), compare_options().model_values(request.compare)}) {
    record.params.insert(record.params.end(), options.begin(), options.end());
  }
}

}  // namespace

RunRecord compare_candidates(const CompareRequest& request, const Say& say,
                             const Control& control) {
  const TrainRequest& job = request.job;
  Recipes recipes = list_candidates(request.compare);
  decision_plan(job.decision);  // refused now rather than after the fits
  RunRecord record = begin_run("compare", job.track);
  record.warnings = job.warnings;
  const std::optional<ModelPlace> place = place_of(request, control);
  const Loaded loaded = load(request, record, say, control);
  if (place) {
    refuse_leaky_replacement(*place, loaded.counted.schema, record.findings, job.audit.fail_on,
                             "--save-as");
  }
  const TrainPart& train = loaded.split.train;
  refuse_few_groups(loaded.test_rows);
  skip_impossible(train, recipes);

  say(fitting_text(recipes.candidates.size(), job.split.folds));
  Judged judged = [&] {
    const Stopwatch watch(record.timings, "out_of_fold");
    return judge_candidates(
        recipes.candidates, train,
        {loaded.plan, request.compare.by, loaded.test_rows.training_by_group, job.seed}, control);
  }();
  judged.facts.skipped = recipes.skipped;
  record.comparison = std::move(judged.facts);
  const Recipe& chosen = recipes.candidates[judged.chosen];
  fill_params(request, chosen, place, record);
  record_decision(judged.decision, record);
  say(candidates_text(job.style, record));

  Model model{loaded.counted.schema,
              fit_chosen(request, chosen, train.all(), record, control),
              judged.decision.decision.calibrator,
              judged.decision.decision.threshold,
              {record.data.fingerprint, rarewood_version(), options_of(request, chosen),
               loaded.window, leaking_features(record.findings), loaded.group_column}};
  const TestView test = look_at_test(model, loaded, job, record, control);
  const ModelToSave made{model, with_probabilities(loaded.expected, test.model)};
  const std::string onnx =
      place ? save_model(made, *place, job, record) : model_to_onnx(model, &made.expectations);
  record.model_id = model_id(onnx, "The model");
  record.ended_at_ms = now_ms();
  const auto candidates = candidate_records(request, recipes.candidates, record);
  record.peak_memory_bytes = peak_memory();
  const auto artifacts = model_artifacts(onnx, model, job, record);
  const auto folder = keep_run(job, record, artifacts, candidates);
  say(test_look_text(job.style, record));  // not before the journal has the look
  if (place) say(saved_model_text(job, record));
  send_kept_run(folder, job.track, record, control);
  say(compared_text(job.style, record, folder.string()));
  return record;
}

}  // namespace rarewood
