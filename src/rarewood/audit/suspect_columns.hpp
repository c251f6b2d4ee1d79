#pragma once

#include <vector>

#include "rarewood/audit/audited_table.hpp"
#include "rarewood/audit/finding.hpp"
#include "rarewood/explain/importance.hpp"

namespace rarewood {

// Columns that know more than one expects of a column. None of it proves a leak: honest columns can
// be strong. Where the lines are drawn was measured on columns known to be clean, see
// docs/method/audit.md.

/// "target_copy": the column explains 90 % of the target's entropy. "strong_column": it explains
/// 15 % and at least twice as much as the next best column; or it is one of several, at most three
/// or half of all, that explain 30 % each and three times as much as the next best. Columns that
/// say the same count as one here, and each is named.
std::vector<Finding> find_strong_columns(const AuditedTable& table);

/// "missingness": whether there is a value explains 5 % of the entropy, and at least half of what
/// the column explains.
std::vector<Finding> find_informative_gaps(const AuditedTable& table);

/// "identifier": whole numbers that lie close together and hardly repeat, or a category with fewer
/// than two rows a value: a model learns single rows by them.
std::vector<Finding> find_identifiers(const AuditedTable& table, const Control& control);

/// "dominant": over 80 % of a model's importance in one column.
/// \param importance  the largest first
std::vector<Finding> find_dominant(const std::vector<FeatureImportance>& importance);

}  // namespace rarewood
