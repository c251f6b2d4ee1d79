#include <filesystem>

#include "rarewood/base/file.hpp"
#include "rarewood/cli/command.hpp"
#include "rarewood/cli/train_request.hpp"
#include "rarewood/report/findings_text.hpp"
#include "rarewood/report/record_json.hpp"
#include "rarewood/workflow/audit_table.hpp"

namespace rarewood {
namespace {

void run(const Call& call) {
  const AuditTableOptions options = audit_table_options().make(call.raw);
  const std::filesystem::path json = options.json;
  if (!json.empty()) check_folder_writable(json.parent_path());
  TrainRequest request = train_request(call);
  request.train.table = options.table;
  const AuditRecord record = audit_table(options, request, call.control);
  if (!json.empty()) write_file_whole(json, audit_to_json(record));
  print(audit_text(style_of(call.general), record));
  check_findings(record.findings, request.audit.fail_on);
}

}  // namespace

Command audit_command() {
  Command command;
  command.spec.name = "audit";
  command.spec.summary = "Look for columns and rows that make a model's figures unbelievable";
  command.spec.examples = {
      {"rarewood audit calls.csv --target y --positive yes",
       "any table: what is proved, what is open to question, what is worth knowing"},
      {"rarewood audit calls.csv --target y --positive yes --fail-on leak",
       "a gate for schedulers: exit code 5 if a leak is proved"},
      {"rarewood audit calls.csv --target y --positive yes --what-if duration",
       "how good a model would be without that column"},
  };
  command.spec.groups = {option_group(audit_table_options()), option_group(audit_options()),
                         option_group(feature_options()),     option_group(split_options()),
                         option_group(store_options()),       option_group(table_options())};
  command.spec.positional = "table";
  command.run = run;
  return command;
}

}  // namespace rarewood
