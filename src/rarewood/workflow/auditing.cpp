#include "rarewood/workflow/auditing.hpp"

#include <algorithm>

namespace rarewood {

std::optional<GroupedRows> grouped_rows(const TrainingTable& table, const CountedTable& counted,
                                        const TrainRequest& request) {
  const std::string& entity = request.audit.entity_column;
  const std::string& column = entity.empty() ? request.split.group_column : entity;
  const auto keys = std::find_if(table.keys.begin(), table.keys.end(),
                                 [&](const RowKeys& each) { return each.name == column; });
  if (column.empty() || keys == table.keys.end()) return std::nullopt;
  if (column == table.schema.target.name) {
    throw Error(ErrorKind::usage, std::string(entity.empty() ? "--group" : "--entity") +
                                      "-column names the target '" + column +
                                      "'. Name the column that says whose row it is.");
  }
  return GroupedRows{.column = column,
                     .groups = keys->values,
                     .positive = table.labels,
                     .folds = counted.row_folds,
                     .test_size = request.split.test_size};
}

Scan scan_table(const ScanRequest& request, const std::optional<GroupedRows>& groups,
                const Control& control) {
  Scan result = scan(request, control);
  if (!groups) return result;
  add_findings(find_shared_groups(*groups), result.findings);
  result.looked_for.push_back("groups of " + groups->column + " on both sides of the split");
  return result;
}

}  // namespace rarewood
