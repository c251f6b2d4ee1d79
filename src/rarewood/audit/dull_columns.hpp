#pragma once

#include <vector>

#include "rarewood/audit/audited_table.hpp"
#include "rarewood/audit/finding.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// "near_constant": one value in at least 99 % of the rows.
std::vector<Finding> find_near_constant(const CellTable& table, const FeatureSchema& schema,
                                        const Control& control);

/// "duplicated": columns that tell rows apart in just the same way, see alike_columns(). One
/// finding a set of such columns.
std::vector<Finding> find_duplicated(const AuditedTable& table);

}  // namespace rarewood
