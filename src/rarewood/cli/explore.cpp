#include "rarewood/workflow/explore.hpp"

#include <filesystem>

#include "rarewood/base/file.hpp"
#include "rarewood/base/log.hpp"
#include "rarewood/cli/command.hpp"
#include "rarewood/report/exploration_json.hpp"
#include "rarewood/report/exploration_text.hpp"

namespace rarewood {
namespace {

void run(const Call& call) {
  const auto exclude = call.raw.find("exclude");
  const ExploreJob job{
      .explore = explore_options().make(call.raw),
      .feature = feature_options().make(call.raw),
      .store = store_options().make(call.raw),
      .table = table_options().make(call.raw),
      .exclude_typed = exclude != call.raw.end() && exclude->second.origin == Origin::flag};
  const std::filesystem::path json = job.explore.json;
  if (!json.empty()) check_folder_writable(json.parent_path());
  const Exploration exploration = explore(job, call.control);
  for (const std::string& warning : exploration.warnings) log(LogLevel::warning, warning);
  print(exploration_text(style_of(call.general), exploration));
  if (!json.empty()) write_file_whole(json, exploration_to_json(exploration));
}

}  // namespace

Command explore_command() {
  Command command;
  command.spec.name = "explore";
  command.spec.summary = "Show how often the event happens, by the values of each column";
  command.spec.examples = {
      {"rarewood explore", "the store's training table: every column, and by month"},
      {"rarewood explore shoppers.csv --target Revenue --columns VisitorType,Month",
       "two columns of any table"},
      {"rarewood explore visits.csv --target bought --time day --json explored.json",
       "also by week, all of it as JSON"},
  };
  command.spec.groups = {option_group(explore_options()), option_group(feature_options()),
                         option_group(store_options()), option_group(table_options())};
  command.spec.positional = "table";
  command.run = run;
  return command;
}

}  // namespace rarewood
