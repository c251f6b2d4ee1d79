#include <filesystem>

#include "rarewood/base/file.hpp"
#include "rarewood/cli/command.hpp"
#include "rarewood/report/evaluate_text.hpp"
#include "rarewood/report/record_json.hpp"
#include "rarewood/workflow/evaluate_scores.hpp"

namespace rarewood {
namespace {

void run(const Call& call) {
  const EvaluateJob job{.evaluate = evaluate_options().make(call.raw),
                        .store = store_options().make(call.raw),
                        .table = table_options().make(call.raw)};
  const std::filesystem::path json = job.evaluate.json;
  if (!json.empty()) check_folder_writable(json.parent_path());
  const RunRecord record = evaluate_scores(job, call.control);
  print(evaluation_text(style_of(call.general), record));
  if (!json.empty()) write_file_whole(json, record_to_json(record));
}

}  // namespace

Command evaluate_command() {
  Command command;
  command.spec.name = "evaluate";
  command.spec.summary = "Judge the scores of any model on rows whose outcome is known";
  command.spec.examples = {
      {"rarewood evaluate scored.csv --label bought",
       "what rarewood score wrote, once the outcome is known: the model's own threshold"},
      {"rarewood evaluate scores.csv --label bought --score p",
       "metrics with intervals, beside flagging everyone"},
      {"rarewood evaluate scores.csv --label bought --score p,q --threshold f1",
       "two models on the same rows, their differences with intervals"},
      {"rarewood evaluate scores.parquet --label bought --score p --group user --time day "
       "--by device --json judged.json",
       "intervals by whole users; by week and by device"},
  };
  command.spec.groups = {option_group(evaluate_options()), option_group(store_options()),
                         option_group(table_options())};
  command.spec.positional = "table";
  command.spec.required = {"table", "label"};
  command.run = run;
  return command;
}

}  // namespace rarewood
