#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <arrow/type_fwd.h>

#include "rarewood/feature/column_note.hpp"
#include "rarewood/feature/schema.hpp"

namespace rarewood {

/// What was asked for one column.
struct ColumnWish {
  bool included = false;     ///< taken whatever it looks like
  bool categorical = false;  ///< its numbers are names
  std::uint64_t max_levels = 1000;
};

/// Whether a column becomes a feature, as what, and what to tell about it.
struct ColumnVerdict {
  ColumnNote note;
  std::optional<Feature> feature;  ///< nothing: left out
  std::vector<std::string> warnings;
};

/// Left out are columns that teach nothing (no value, one value) and, unless included, those that
/// name rows instead of describing them (identifiers, text of many levels) or tell when they were
/// written (dates and times).
///
/// \param values  plain types; text as codes
/// \cost linear; a column that looks like an identifier is sorted
ColumnVerdict judge_column(const std::string& name, const arrow::ChunkedArray& values,
                           const ColumnWish& wish);

}  // namespace rarewood
