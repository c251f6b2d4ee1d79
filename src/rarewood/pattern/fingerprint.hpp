#pragma once

#include <string>

#include "rarewood/feature/schema.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// 32 hex digits of what a learner is given: the schema and the multiset of rows. Row order, folds
/// and the file the rows came from leave no trace.
std::string cells_fingerprint(const CellTable& table, const FeatureSchema& schema);

}  // namespace rarewood
