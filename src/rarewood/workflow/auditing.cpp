#include "rarewood/workflow/auditing.hpp"

#include "rarewood/base/error.hpp"
#include "rarewood/workflow/row_groups.hpp"

namespace rarewood {

std::vector<GroupedRows> grouped_rows(const TrainingTable& table, const CountedTable& counted,
                                      const TrainRequest& request) {
  std::vector<GroupedRows> by_group;
  for (const NamedGroup& named : named_groups(request)) {
    if (named.column == table.schema.target.name) {
      throw Error(ErrorKind::usage, named.option + " names the target '" + named.column +
                                        "'. Name the column that says whose row it is.");
    }
    by_group.push_back({.column = named.column,
                        .groups = find_keys(table, named.column)->values,
                        .positive = table.labels,
                        .folds = counted.row_folds,
                        .test_size = request.split.test_size});
  }
  return by_group;
}

Scan scan_table(const ScanRequest& request, const std::vector<GroupedRows>& by_group,
                const Control& control) {
  Scan result = scan(request, control);
  for (const GroupedRows& rows : by_group) {
    add_findings(find_shared_groups(rows), result.findings);
    result.looked_for.push_back("groups of " + rows.column + " on both sides of the split");
  }
  return result;
}

}  // namespace rarewood
