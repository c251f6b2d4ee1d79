#include "rarewood/workflow/candidate_records.hpp"

#include <algorithm>

#include "rarewood/base/process.hpp"
#include "rarewood/report/record_params.hpp"

namespace rarewood {
namespace {

RunRecord record_of(const CandidateFacts& facts, const CompareRequest& request,
                    const Recipe& recipe, const RunRecord& run) {
  RunRecord record;
  record.run_id = fresh_hex(32);
  record.run_name = facts.name.text();
  record.experiment = run.experiment;
  record.command = "compare candidate";
  record.started_at_ms = run.started_at_ms;
  record.ended_at_ms = run.ended_at_ms;
  record.status = "FINISHED";
  record.data = run.data;
  record.params = data_params(run.data, "none");
  const auto options = options_of(request, recipe);
  record.params.insert(record.params.end(), options.begin(), options.end());
  record.metrics = {{"f1_score", facts.f1_score},
                    {"auc_roc", facts.auc_roc},
                    {"average_precision", facts.average_precision},
                    {"log_loss", facts.log_loss},
                    {"threshold", facts.threshold}};
  record.metrics.try_emplace(run.comparison.by, facts.figure);
  record.intervals = facts.intervals;
  record.timings = {{"fit", facts.seconds}};
  record.findings = run.findings;
  record.tags = run.tags;
  record.tags.emplace_back("rarewood.parent_run_key", run.run_id);
  record.tags.emplace_back("rarewood.judged_on", "out_of_fold");
  record.tags.emplace_back("rarewood.chosen",
                           facts.name == run.comparison.chosen ? "true" : "false");
  return record;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> options_of(const CompareRequest& request,
                                                            const Recipe& recipe) {
  std::vector<std::pair<std::string, std::string>> options{{"learner", recipe.name.learner},
                                                           {"balance", recipe.name.balance}};
  const auto add = [&](const auto& pairs) {
    options.insert(options.end(), pairs.begin(), pairs.end());
  };
  add(recipe.method.options);
  add(decision_options().model_values(request.job.decision));
  add(split_options().model_values(request.job.split));
  add(feature_options().model_values(request.job.feature));
  options.emplace_back("random_state", std::to_string(request.job.seed));
  return options;
}

std::vector<RunRecord> candidate_records(const CompareRequest& request,
                                         const std::vector<Recipe>& recipes, const RunRecord& run) {
  std::vector<RunRecord> records;
  for (const CandidateFacts& facts : run.comparison.candidates) {
    const auto recipe =
        std::ranges::find_if(recipes, [&](const Recipe& each) { return each.name == facts.name; });
    records.push_back(record_of(facts, request, *recipe, run));
  }
  return records;
}

}  // namespace rarewood
