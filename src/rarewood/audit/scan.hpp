#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/audit/finding.hpp"
#include "rarewood/base/control.hpp"
#include "rarewood/explain/importance.hpp"
#include "rarewood/feature/availability.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/option/option.hpp"
#include "rarewood/pattern/cells.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

/// A table as it is about to be learned from.
struct ScanRequest {
  const CellTable& cells;
  const FeatureSchema& schema;
  const TrainPart& train;
  const Pairs& available_at;  ///< what was declared of columns
};

/// What a scan found, and what it looked for: nothing found means nothing without that.
struct Scan {
  std::vector<Finding> findings;        ///< by level, then in the schema's order
  std::vector<std::string> looked_for;  ///< a line each
};

/// Look for columns and rows that make a model's figures unbelievable.
///
/// Suspects are asked about once: at most one a column, see merged_suspects() for several columns,
/// none for a column that is declared to be known, and none for the columns of a table that was
/// made as of a prediction point. What is proved stays whatever is declared.
/// \cost O(cells x features) and a bounded number of pairs
Scan scan(const ScanRequest& request, const Control& control);

/// Whether a column that is known too late is learned from all the same.
enum class LateColumn {
  taken,    ///< it was asked for by name
  left_out  ///< training leaves it out by itself
};

/// Columns declared as known only after the table's prediction point.
std::vector<Finding> find_known_later(const std::vector<std::string>& columns,
                                      const std::string& point, const Pairs& available_at,
                                      LateColumn late);

/// After the fit: the finding that one column is nearly the whole model, unless it is known of or
/// in a finding already.
std::vector<Finding> scan_model(const std::vector<FeatureImportance>& importance,
                                const ScanRequest& request, const std::vector<Finding>& before);

/// Put more findings where they belong in an ordered list.
void add_findings(std::vector<Finding> more, std::vector<Finding>& findings);

}  // namespace rarewood
