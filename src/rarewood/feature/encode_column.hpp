#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <arrow/type_fwd.h>

#include "rarewood/feature/schema.hpp"

namespace rarewood {

/// What one column held besides values.
struct ColumnCounts {
  std::uint64_t missing = 0;
  std::vector<std::uint32_t> unseen;  ///< rows of a category that training never saw, ascending
};

/// Where a column comes from, for messages.
struct ColumnOrigin {
  std::string table;
  std::uint64_t first_row = 0;  ///< rows of the table before these
};

/// \param values  plain types; text as codes (dictionary<int32, utf8>)
/// \param into    [rows], filled
/// \throws Error(data) as `encode` does.
ColumnCounts encode_column(const Feature& feature, const arrow::ChunkedArray& values,
                           const ColumnOrigin& origin, std::vector<float>& into);

}  // namespace rarewood
