#include "rarewood/workflow/train.hpp"

#include <filesystem>

#include "rarewood/audit/tolerance.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/base/log.hpp"
#include "rarewood/cli/command.hpp"
#include "rarewood/cli/method_groups.hpp"
#include "rarewood/cli/train_request.hpp"
#include "rarewood/report/record_json.hpp"
#include "rarewood/workflow/validate_first.hpp"

namespace rarewood {
namespace {

void run(const Call& call) {
  TrainRequest request = train_request(call);
  request.train = train_options().make(call.raw);
  if (!call.preset_line.empty()) log(LogLevel::info, call.preset_line);
  const std::filesystem::path json = request.train.json;
  if (!json.empty()) check_folder_writable(json.parent_path());  // now rather than after the fit
  validate_first(call, request);
  const RunRecord record = train(request, print, call.control);
  if (!json.empty()) write_file_whole(json, record_to_json(record));
}

}  // namespace

Command train_command() {
  Command command;
  command.spec.name = "train";
  command.spec.summary = "Train, judge, save and track a model of a rare event";
  command.spec.examples = {
      {"rarewood train", "the conversion job on the store's training table"},
      {"rarewood train shoppers.csv --target Revenue",
       "any table: says what it inferred of each column and why it left some out"},
      {"rarewood train --strategy class_weight --max-depth 12",
       "a named set of options, one of them overridden"},
      {"rarewood train --store s3:// --tracking-uri http://127.0.0.1:5001 --json run.json",
       "from and to an S3 store, tracked in MLflow, the run as JSON"},
  };
  command.spec.groups = {joined(option_group(train_options()), option_group(decision_options()))};
  for (OptionGroup& group : method_groups()) command.spec.groups.push_back(std::move(group));
  command.spec.groups.push_back(option_group(feature_options()));
  command.spec.groups.push_back(option_group(split_options()));
  command.spec.groups.push_back(option_group(audit_options()));
  command.spec.groups.push_back(
      joined(option_group(validate_first_options()), option_group(tolerance_options())));
  command.spec.groups.push_back(option_group(store_options()));
  command.spec.groups.push_back(option_group(table_options()));
  command.spec.groups.push_back(option_group(track_options()));
  command.spec.positional = "table";
  command.spec.presets = strategies();
  command.run = run;
  return command;
}

}  // namespace rarewood
