#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/feature/row_levels.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// How often the event happens among the rows of one value, level or range.
struct ValueRate {
  std::string value;  ///< "gsearch", "3", "2.5 to 4", "missing"
  ClassTotals rows;
  double rate = 0;    ///< share of positive rows
  Interval interval;  ///< of the rate, 95 %
  double lift = 0;    ///< rate / rate of all rows
};

/// A column, value by value.
struct ColumnProfile {
  std::string column;
  std::string kind;            ///< "number", "boolean", "category", "time", "one-hot"
  std::uint64_t distinct = 0;  ///< values, a missing one not counted
  std::uint64_t missing = 0;   ///< rows
  /// Lowest, middle and highest value of a number or date, as text; empty for other kinds.
  std::string low, median, high;
  /// Share of the outcome's uncertainty that the column takes away (explained_share): of a category
  /// by all its levels, else by the values below.
  double explained = 0;
  std::vector<ValueRate> values;     ///< in order; missing last
  std::vector<std::string> members;  ///< of a one-hot group: the features it shows together
  std::string note;                  ///< what the reader must know of it; "" = nothing
};

/// Every feature: up to 24 numbers each by itself, more in ten ranges of about equally many rows;
/// the 20 most frequent levels of a category, the others together.
///
/// Booleans that exclude each other and share a prefix up to a "_" are what is left of a category
/// after one-hot encoding: a further profile shows them together, with the rows that have none.
/// \param table  of all rows
/// \return the schema's features in its order, then the one-hot groups
std::vector<ColumnProfile> profile_columns(const CellTable& table, const FeatureSchema& schema,
                                           const Control& control);

/// The event by the levels of rows, such as calendar weeks. \param positive [rows]
ColumnProfile profile_levels(const RowLevels& levels, const std::vector<std::uint8_t>& positive);

}  // namespace rarewood
