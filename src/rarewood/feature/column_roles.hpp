#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "rarewood/feature/column_note.hpp"
#include "rarewood/feature/judge_column.hpp"
#include "rarewood/feature/training_table.hpp"
#include "rarewood/table/table_form.hpp"

namespace rarewood {

/// What a column of a training table is wanted for, before its values are seen.
enum class ColumnRole {
  target,
  candidate,  ///< becomes a feature if its values allow it
  key,        ///< read, but no feature
  weight,     ///< how much each row weighs in learning; no feature
  not_wanted  ///< not even read
};

/// One column of the table.
struct PlannedColumn {
  std::string name;
  ColumnRole role = ColumnRole::candidate;
  ColumnWish wish;
  ColumnNote note;  ///< filled in for columns that are not wanted
  bool is_key = false;
  bool is_level = false;  ///< results are broken down by it
  bool is_cost = false;   ///< of an error about the row
};

/// Every column's part, and what to say about the options.
struct ColumnPlan {
  std::string target;
  std::vector<PlannedColumn> columns;       ///< in the table's order
  std::vector<std::string> missing_keys;    ///< keys that the table does not have
  std::vector<std::string> missing_levels;  ///< the same of what results are broken down by
  std::vector<std::string> warnings;
};

/// "10min", "end"; "" where the table does not say.
std::string prediction_point_of(const TableForm& form);

/// \param table  its name, for messages
/// \throws Error(usage) or Error(data) as load_training_table does.
ColumnPlan plan_columns(const TableForm& form, const TrainingRequest& request,
                        const std::string& table);

}  // namespace rarewood
