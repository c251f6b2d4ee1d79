#include "rarewood/workflow/promote.hpp"

#include <filesystem>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/cli/command.hpp"
#include "rarewood/report/promotion_report.hpp"

namespace rarewood {
namespace {

void run(const Call& call) {
  const PromoteJob job{.promote = promote_options().make(call.raw),
                       .store = store_options().make(call.raw),
                       .text = table_options().make(call.raw),
                       .track = track_options().make(call.raw)};
  const std::filesystem::path json = job.promote.json;
  if (!json.empty()) check_folder_writable(json.parent_path());
  const Promotion promotion = promote(job, call.control);
  if (!json.empty()) write_file_whole(json, promotion_to_json(promotion));
  print(promotion_text(style_of(call.general), promotion));
  if (promotion.promoted() || !job.promote.fail_if_kept) return;
  throw Error(ErrorKind::check, "The challenger is not promoted. " + promotion.reason);
}

}  // namespace

Command promote_command() {
  Command command;
  command.spec.name = "promote";
  command.spec.summary = "Let a new model take the old one's place, unless it is worse";
  command.spec.examples = {
      {"rarewood promote", "models/challenger.onnx against the store's model, on later rows"},
      {"rarewood promote models/challenger --dry-run --json promotion.json",
       "judge only; the decision as JSON"},
      {"rarewood promote new.onnx --champion old.onnx --table fresh.csv --all-rows",
       "any two models, on rows that neither has learnt from"},
  };
  command.spec.groups = {option_group(promote_options()), option_group(store_options()),
                         option_group(table_options()), option_group(track_options())};
  command.spec.positional = "challenger";
  command.run = run;
  return command;
}

}  // namespace rarewood
