#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <arrow/type_fwd.h>

namespace rarewood {

/// A column that tells rows apart or orders them (time, group, fold, id) and is no feature.
struct RowKeys {
  std::string name;
  /// [rows] integers; seconds since 1970 UTC of a date or time stamp, rounded down; of text the
  /// position in `texts`.
  std::vector<std::int64_t> values;
  std::vector<std::string> texts;  ///< distinct, sorted bytewise; empty unless the column is text
};

/// Seconds since 1970 are beyond this from 1973 on; smaller numbers are no times.
inline constexpr std::int64_t kLeastTime = 100'000'000;

/// \param values  integers, floats that are whole, booleans, text, dates or time stamps
/// \throws Error(data) if rows have no value, with their number, or the type is another.
RowKeys read_row_keys(const arrow::ChunkedArray& values, const std::string& name,
                      const std::string& table);

}  // namespace rarewood
