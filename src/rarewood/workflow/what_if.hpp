#pragma once

#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/pattern/cells.hpp"
#include "rarewood/report/audit_record.hpp"

namespace rarewood {

/// A change to a table: one column left out, or its numbers held to at most `cap`.
struct ColumnChange {
  std::size_t feature = 0;
  bool capped = false;
  double cap = 0;
};

/// "duration" or "depth=6".
/// \throws Error(usage) for a name that is no feature, a cap that is no number, a cap of a category
ColumnChange read_change(const std::string& text, const FeatureSchema& schema);

/// The same rows after the change, equal ones together, each row in the fold it was in.
struct ChangedTable {
  FeatureSchema schema;
  CellTable cells;
  std::vector<std::uint32_t> pattern_of;  ///< [patterns before] the pattern after
};

/// \throws Error(usage) if no feature is left
ChangedTable change_table(const CellTable& cells, const FeatureSchema& schema,
                          const ColumnChange& change);

/// How models are made for a what-if.
struct WhatIfPlan {
  std::string learner;
  std::uint32_t folds = 5;
  std::uint64_t seed = 42;
};

/// Fit with and without each change, out of fold, by the learner's defaults, and compare row by
/// row. The test part is not looked at.
/// \return one entry a change
/// \throws Error(usage) for a cap that no value is above
std::vector<WhatIf> what_if(const CellTable& cells, const FeatureSchema& schema,
                            const std::vector<std::string>& changes, const WhatIfPlan& plan,
                            const Control& control);

}  // namespace rarewood
