#pragma once

#include <vector>

#include "rarewood/audit/finding.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// "near_constant": one value in at least 99 % of the rows.
std::vector<Finding> find_near_constant(const CellTable& table, const FeatureSchema& schema);

/// "duplicated": columns that tell rows apart in just the same way, whatever their values are
/// called (a length in cm and in inches, a code and its name). Where most values are different,
/// their order must be the same. One finding a set of such columns.
std::vector<Finding> find_duplicated(const CellTable& table, const FeatureSchema& schema);

}  // namespace rarewood
