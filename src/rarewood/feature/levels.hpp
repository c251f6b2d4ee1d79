#pragma once

#include <cstdint>
#include <map>
#include <string>

#include <arrow/type_fwd.h>

namespace rarewood {

/// Distinct values of a column as text, and how many rows have each.
struct Levels {
  std::map<std::string, std::uint64_t> rows;  ///< sorted bytewise
  std::uint64_t missing = 0;
  bool cut = false;  ///< there are more than were asked for
};

/// Count the distinct values of text (as codes), booleans or numbers.
/// \param most  stop after this many
Levels count_levels(const arrow::ChunkedArray& values, std::uint64_t most);

/// Categories and labels go into models and reports, which are UTF-8.
/// \throws Error(data) naming the column if a level is not.
void refuse_bytes(const Levels& levels, const std::string& column);

/// A number as a category's name: 3.0 is "3".
std::string level_text(double value);

}  // namespace rarewood
