#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <arrow/type_fwd.h>

#include "rarewood/feature/row_keys.hpp"
#include "rarewood/feature/schema.hpp"

namespace rarewood {

/// The level of a column each row has: what results are broken down by.
struct RowLevels {
  std::string column;
  std::vector<std::string> names;  ///< in order: numbers ascending, text bytewise, missing last
  std::vector<std::uint32_t> of;   ///< [rows] a position in `names`
  std::string note = {};           ///< why the levels are what they are; "" = nothing to say
};

/// Text and booleans as they are, beyond 20 levels the rarer ones as "others"; numbers as they are
/// up to 12 distinct ones, else cut into 5 ranges of about equal rows; rows without value as
/// "missing".
/// \throws Error(data) for a column of another type
RowLevels read_row_levels(const arrow::ChunkedArray& values, const std::string& column,
                          const std::string& table);

/// The same of what learners see.
/// \param values  of equal rows each; as Columns holds them
/// \param rows    [values] how many
RowLevels feature_levels(const Feature& feature, const std::vector<float>& values,
                         const std::vector<std::uint64_t>& rows);

/// Calendar weeks (named by their Monday), or months, quarters or years where there were more than
/// 26 of them; UTC. \param seconds  since 1970
RowLevels time_levels(const RowKeys& seconds);

}  // namespace rarewood
