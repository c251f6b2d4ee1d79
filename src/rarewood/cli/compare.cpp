#include <filesystem>

#include "rarewood/audit/tolerance.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/cli/command.hpp"
#include "rarewood/cli/train_request.hpp"
#include "rarewood/report/record_json.hpp"
#include "rarewood/workflow/compare_candidates.hpp"
#include "rarewood/workflow/validate_first.hpp"

namespace rarewood {
namespace {

CompareRequest request_of(const Call& call) {
  CompareRequest request{compare_options().make(call.raw), train_request(call)};
  request.job.train.table = request.compare.table;
  request.job.train.model = request.compare.save_as;
  return request;
}

void run(const Call& call) {
  CompareRequest request = request_of(call);
  const std::filesystem::path json = request.compare.json;
  if (!json.empty()) check_folder_writable(json.parent_path());  // now rather than after the fits
  if (!request.compare.save_as.empty()) validate_first(call, request.job);
  const RunRecord record = compare_candidates(request, print, call.control);
  if (!json.empty()) write_file_whole(json, record_to_json(record));
}

}  // namespace

Command compare_command() {
  Command command;
  command.spec.name = "compare";
  command.spec.summary = "Compare learners and balances, and say which is really better";
  command.spec.examples = {
      {"rarewood compare", "the usual candidates on the store's training table"},
      {"rarewood compare shoppers.csv --target Revenue --by auc_roc",
       "any table; decided by the AUC in place of F1"},
      {"rarewood compare --learners forest,lightgbm --balances none,smote "
       "--set forest.n_estimators=200,smote.sampling_strategy=0.25",
       "some candidates only, with options of their own"},
      {"rarewood compare --save-as models/classification_model --json compared.json",
       "the chosen model saved, all figures as JSON"},
  };
  command.spec.groups = {
      joined(option_group(compare_options()), option_group(decision_options())),
      option_group(feature_options()),
      option_group(split_options()),
      option_group(audit_options()),
      joined(option_group(validate_first_options()), option_group(tolerance_options())),
      option_group(store_options()),
      option_group(table_options()),
      option_group(track_options())};
  command.spec.positional = "table";
  command.run = run;
  return command;
}

}  // namespace rarewood
