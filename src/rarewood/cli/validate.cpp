#include <filesystem>

#include <fmt/format.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/base/log.hpp"
#include "rarewood/cli/command.hpp"
#include "rarewood/report/validation_report.hpp"
#include "rarewood/workflow/validate_table.hpp"

namespace rarewood {
namespace {

void run(const Call& call) {
  const ValidateJob job{.validate = validate_options().make(call.raw),
                        .tolerance = tolerance_options().make(call.raw),
                        .store = store_options().make(call.raw),
                        .text = table_options().make(call.raw)};
  const std::filesystem::path json = job.validate.json;
  if (!json.empty()) check_folder_writable(json.parent_path());
  if (job.validate.if_model) {
    const std::string nothing = nothing_expected(job, call.control);
    if (!nothing.empty()) return print(nothing + " Nothing was validated.\n");
  }
  const Validation validation = validate_table(job, call.control);
  if (!validation.warning.empty()) log(LogLevel::warning, validation.warning);
  if (!json.empty()) write_file_whole(json, validation_to_json(validation));
  print(validation_text(style_of(call.general), validation));
  if (validation.verdict() < Verdict::fail) return;
  throw Error(ErrorKind::check,
              fmt::format("'{}' is not what {} expects. Ask what changed; a model trained on the "
                          "new rows expects what they are.",
                          validation.table, validation.model));
}

}  // namespace

Command validate_command() {
  Command command;
  command.spec.name = "validate";
  command.spec.summary = "Hold a table against what a saved model was trained on";
  command.spec.examples = {
      {"rarewood validate today.csv", "against the store's model; exit code 5 if it fails"},
      {"rarewood validate today.csv --model s3://models/classification_model.pkl --json "
       "verdict.json",
       "the verdict and every check as JSON"},
      {"rarewood validate --max-psi 0.5 --min-rows 1000",
       "the store's training table, with tolerances of your own"},
  };
  command.spec.groups = {option_group(validate_options()), option_group(tolerance_options()),
                         option_group(store_options()), option_group(table_options())};
  command.spec.positional = "table";
  command.run = run;
  return command;
}

}  // namespace rarewood
