#include "rarewood/workflow/explore.hpp"

#include <algorithm>

#include "rarewood/base/text.hpp"
#include "rarewood/feature/row_levels.hpp"
#include "rarewood/pattern/count.hpp"
#include "rarewood/workflow/loading.hpp"

namespace rarewood {
namespace {

constexpr const char* kUsualTime = "session_started_at";

TrainingTable read_table(const ExploreJob& job, const Control& control) {
  const ObjectPlace place = training_place(job.explore.table, job.store, control);
  TrainingRequest request{job.feature, job.table};
  request.exclude_must_exist = job.exclude_typed;
  if (!job.explore.time.empty()) {
    request.keys = {job.explore.time};
  } else if (job.explore.table.empty()) {
    request.keys_at_a_point = {kUsualTime};
  }
  return load_training_table(*place.store, place.key, request, control);
}

void refuse_no_times(const RowKeys& keys) {
  const bool times = keys.texts.empty() && !keys.values.empty() &&
                     *std::max_element(keys.values.begin(), keys.values.end()) >= kLeastTime;
  if (times) return;
  throw Error(ErrorKind::data, "The column '" + keys.name + "' holds " +
                                   (keys.texts.empty() ? "numbers that are no times" : "text") +
                                   ", which has no order in time. Name a column of dates or time "
                                   "stamps with --time.");
}

/// Without being asked for, columns that a group shows together are not shown again.
void leave_out_members(std::vector<ColumnProfile>& profiles) {
  std::vector<std::string> members;
  for (const ColumnProfile& profile : profiles) {
    members.insert(members.end(), profile.members.begin(), profile.members.end());
  }
  std::erase_if(profiles, [&](const ColumnProfile& profile) {
    return std::find(members.begin(), members.end(), profile.column) != members.end();
  });
}

/// Keep the columns asked for, the most telling first.
void choose_and_sort(const std::vector<std::string>& wanted, std::vector<ColumnProfile>& profiles) {
  std::vector<std::string> names;
  for (const ColumnProfile& profile : profiles) names.push_back(profile.column);
  for (const std::string& name : wanted) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const auto meant = nearest_word(name, names);
    throw Error(ErrorKind::usage, "There is no feature '" + name + "'" +
                                      (meant ? "; did you mean '" + *meant + "'?" : ".") +
                                      " --columns takes some of: " + listed(names) + ".");
  }
  if (wanted.empty()) {
    leave_out_members(profiles);
  } else {
    std::erase_if(profiles, [&](const ColumnProfile& profile) {
      return std::find(wanted.begin(), wanted.end(), profile.column) == wanted.end();
    });
  }
  std::sort(profiles.begin(), profiles.end(), [](const ColumnProfile& a, const ColumnProfile& b) {
    return a.explained != b.explained ? a.explained > b.explained : a.column < b.column;
  });
}

}  // namespace

const OptionTable<ExploreOptions>& explore_options() {
  static const OptionTable<ExploreOptions> table = [] {
    OptionTable<ExploreOptions> t("explore");
    t.add(&ExploreOptions::table, "table",
          "table to look at: a CSV or Parquet file or an s3:// URI; without it the store's "
          "processed-data/training_data.parquet");
    t.add(&ExploreOptions::columns, "columns", "features to show; without it all");
    t.add(&ExploreOptions::time, "time",
          "column of dates or time stamps: also by week, or month where there are many; without it "
          "session_started_at beside the store's own table");
    t.add(&ExploreOptions::json, "json", "file for all of it as JSON");
    return t;
  }();
  return table;
}

Exploration explore(const ExploreJob& job, const Control& control) {
  const TrainingTable table = read_table(job, control);
  Exploration exploration;
  exploration.data = facts_of(table);
  exploration.dictionary = table.notes;
  exploration.warnings = table.warnings;
  const CellTable cells = count_cells(table.columns, table.schema, table.labels, {}, control);
  exploration.data.distinct_rows = cells.patterns->count;
  exploration.columns = profile_columns(cells, table.schema, control);
  exploration.contents = exploration.columns;
  choose_and_sort(job.explore.columns, exploration.columns);
  exploration.chosen = !job.explore.columns.empty();
  for (const RowKeys& keys : table.keys) {
    refuse_no_times(keys);
    exploration.over_time = profile_levels(time_levels(keys), table.labels);
  }
  return exploration;
}

}  // namespace rarewood
