#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rarewood/explain/value_rates.hpp"
#include "rarewood/feature/column_note.hpp"
#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// What a table says of the event before any model: plain data.
struct Exploration {
  DataFacts data;
  std::vector<ColumnNote> dictionary;   ///< every column, in the table's order
  std::vector<ColumnProfile> contents;  ///< of every feature, for the dictionary
  std::vector<ColumnProfile> columns;   ///< shown value by value, the most telling first
  bool chosen = false;                  ///< these were asked for by name
  std::optional<ColumnProfile> over_time;
  std::vector<std::string> warnings;
};

}  // namespace rarewood
