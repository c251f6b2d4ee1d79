#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/row_keys.hpp"
#include "rarewood/feature/row_levels.hpp"
#include "rarewood/feature/target.hpp"
#include "rarewood/store/object_store.hpp"
#include "rarewood/table/table_options.hpp"

namespace rarewood {

/// Which columns of a table of scores are read, and as what.
struct ScoredRowsRequest {
  std::string label;
  std::string positive;  ///< the label that is the event; "" = 1, true or yes
  std::vector<std::string> scores;
  std::string group;  ///< "" = none
  std::string time;   ///< "" = none
  std::vector<std::string> by;
  std::string false_positive_cost;  ///< "" = none
  std::string false_negative_cost;
  std::string decisions;  ///< column of what was decided, read where the table has it; "" = none
  TableOptions table;
};

/// What any model said of rows whose outcome is known.
struct ScoredRows {
  std::string name;  ///< path or URI
  Labels labels;
  std::vector<std::vector<double>> scores;  ///< [score columns][rows], finite
  std::vector<double> costs;                ///< [rows] see costs_of_errors(); may be empty
  std::optional<RowKeys> group;
  std::vector<RowLevels> by;  ///< as requested, then by time where there is one
  /// [rows] 1 = decided to be the event; empty without a column of the label's own two words.
  std::vector<std::uint8_t> decided;
};

/// \throws Error(data) for a column that is missing, or has no value or no number in some rows
ScoredRows read_scored_rows(const ObjectStore& store, const std::string& key,
                            const ScoredRowsRequest& request, const Control& control);

}  // namespace rarewood
