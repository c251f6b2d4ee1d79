#include "rarewood/base/log.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/cli/command.hpp"
#include "rarewood/workflow/score_table.hpp"
#include "rarewood/workflow/validate_first.hpp"

namespace rarewood {
namespace {

std::string summary(const ScoredTable& scored) {
  const double share =
      100.0 * static_cast<double>(scored.positive) / static_cast<double>(scored.rows);
  return "Scored " + thousands(scored.rows) + " rows\n   Model: " + scored.model_id +
         "\n   Mean probability: " + fixed(scored.mean_probability, 4) + "\n   Labelled " +
         scored.positive_label + ": " + thousands(scored.positive) + " (" + fixed(share, 1) +
         " %), from probability " + fixed(scored.threshold, 3) + " on\nWrote " + scored.out_uri +
         "\n";
}

void run(const Call& call) {
  const ScoreJob job{.score = score_options().make(call.raw),
                     .store = store_options().make(call.raw),
                     .text = table_options().make(call.raw),
                     .first = validate_first_options().make(call.raw),
                     .tolerance = tolerance_options().make(call.raw)};
  const ScoredTable scored = score_table(job, call.control);
  for (const std::string& warning : scored.warnings) log(LogLevel::warning, warning);
  print(summary(scored));
}

}  // namespace

Command score_command() {
  Command command;
  command.spec.name = "score";
  command.spec.summary = "Add probability and label of a saved model to a table";
  command.spec.examples = {
      {"rarewood score new.csv --out scored.csv", "with the store's model"},
      {"rarewood score s3://processed-data/today.parquet --model "
       "s3://models/classification_model.pkl "
       "--out s3://processed-data/scored.parquet",
       "all in S3"},
      {"rarewood score today.csv --out scored.csv --validate fail",
       "only if the table is what the model expects"},
  };
  command.spec.groups = {
      option_group(score_options()),
      joined(option_group(validate_first_options()), option_group(tolerance_options())),
      option_group(store_options()), option_group(table_options())};
  command.spec.positional = "table";
  command.spec.required = {"table", "out"};
  command.run = run;
  return command;
}

}  // namespace rarewood
