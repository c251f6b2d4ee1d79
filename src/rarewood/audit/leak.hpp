#pragma once

#include <vector>

#include "rarewood/audit/finding.hpp"
#include "rarewood/base/control.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// Find rules without exception by which a column gives the answer away.
///
/// Exact: `column = value` (or one of several values, or missing, or beyond a number) holds just
/// where the target is positive, or just where it is negative. In part: a value with at least 20
/// positive rows, 5 % of all, and no negative row; or an end of the scale with 95 % of all positive
/// rows (5 % where every negative row is missing) and no negative one. A rule is named only if a
/// column without any bearing on the target would show it with a chance below 1e-6, all columns and
/// values tried being counted.
///
/// Proved, kind "leak", is a rule whose purity has a lower 95 % bound of 0.95 (59 rows without an
/// exception; of an exact rule, 59 of each class). A rule in part is proof only where the event is
/// rare, at most every fifth row, or where every negative row is missing: where classes are common,
/// honest columns have such values, too. Ends of the scale, and single numbers in part, are proof
/// only where all rows of the other class have one value (a revenue of 0) or none: measurements
/// that spread on both sides may lie that far apart. Other rules are of kind "pure_rule": suspects
/// if they hold for 95 % of the positive rows or every negative row is missing, else notes.
/// \param table  of all rows: nothing is chosen here, only reported
/// \return at most one finding a column, in the schema's order
/// \cost O(cells x features)
std::vector<Finding> find_leaks(const CellTable& table, const FeatureSchema& schema,
                                const Control& control);

/// "few_rows", a note: of one class there are fewer rows than a proof needs, so that finding
/// nothing says little. \return none where both classes have rows enough
std::vector<Finding> find_few_rows(const CellTable& table, const FeatureSchema& schema);

}  // namespace rarewood
