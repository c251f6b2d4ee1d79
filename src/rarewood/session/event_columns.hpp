#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <arrow/type_fwd.h>

#include "rarewood/session/text_codes.hpp"
#include "rarewood/session/zone_clock.hpp"

// One column of a raw table, batch by batch, into a plain array. Each function appends
// array.length() values; a value that is missing or cannot be read is appended as missing.

namespace rarewood {

inline constexpr std::int64_t no_time = INT64_MIN;
inline constexpr std::int64_t no_id = INT64_MIN;

/// Integers of any width, whole floating-point numbers, or text of digits.
/// \throws Error(data) if the column's type is another one; `name` says which column.
void append_ids(const arrow::Array& array, const std::string& name, std::vector<std::int64_t>& to);

/// Timestamps, dates, text as parse_stamp reads it, or whole seconds since 1970, to UTC seconds.
/// Stamps without zone are of `clock`; times outside 1900 to 2200 are missing.
/// \throws Error(data) on another type.
void append_times(const arrow::Array& array, const std::string& name, ZoneClock& clock,
                  std::vector<std::int64_t>& to);

/// Text, plain or dictionary-encoded. \throws Error(data) on another type.
void append_codes(const arrow::Array& array, const std::string& name, TextCodes& codes,
                  std::vector<std::uint32_t>& to);

/// Numbers, booleans or text of a number; NaN where missing. \throws Error(data) on another type.
void append_numbers(const arrow::Array& array, const std::string& name, std::vector<double>& to);

}  // namespace rarewood
