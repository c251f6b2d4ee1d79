#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <arrow/type_fwd.h>

namespace rarewood {

/// "id", "user_id", "userId", "session uuid": what programs call a column of identifiers.
bool is_identifier_name(const std::string& name);

/// "123e4567-e89b-12d3-a456-426614174000"
bool is_uuid(std::string_view text);

/// Whether the numbers of a column name its rows: integers, all different, that either are called
/// so or lie so close together that chance would have repeated some.
bool numbers_rows(const std::string& name, const arrow::ChunkedArray& values);

/// How many different integers a column has.
std::uint64_t count_distinct(const arrow::ChunkedArray& values);

}  // namespace rarewood
