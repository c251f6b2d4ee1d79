#pragma once

#include <vector>

#include "rarewood/audit/finding.hpp"
#include "rarewood/base/control.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// Find columns that give the answer away by a rule without exception.
///
/// Exact: `column = value` (or one of several values, or missing, or beyond a number) holds just
/// where the target is positive, or just where it is negative. In part: a value with at least 20
/// positive rows, 5 % of all, and no negative row; or an end of the scale with 95 % of all positive
/// rows (5 % where every negative row is missing) and no negative one. A rule is named only if a
/// column without any bearing on the target would show it with a chance below 1e-6, all columns and
/// values tried being counted.
/// \param table  of all rows: nothing is chosen here, only reported
/// \return at most one finding of kind "leak" a column, in the schema's order
/// \cost O(cells x features)
std::vector<Finding> find_leaks(const CellTable& table, const FeatureSchema& schema,
                                const Control& control);

}  // namespace rarewood
