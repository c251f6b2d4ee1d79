#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <arrow/api.h>

#include "rarewood/base/control.hpp"

namespace rarewood {

using ArrayPtr = std::shared_ptr<arrow::Array>;

/// A column that is still to be made.
struct ColumnMaker {
  std::string name;
  std::function<ArrayPtr()> make;
};

/// The table of all of them, made side by side.
/// \param metadata  of its schema; none: null
std::shared_ptr<arrow::Table> table_of(
    const std::vector<ColumnMaker>& makers, std::size_t rows, const Control& control,
    const std::shared_ptr<const arrow::KeyValueMetadata>& metadata = nullptr);

/// \throws Error(external) where Arrow has no memory for a column
void check_built(const arrow::Status& status);

template <typename Builder>
ArrayPtr finish(Builder& builder) {
  ArrayPtr array;
  check_built(builder.Finish(&array));
  return array;
}

/// value(row) for every row.
template <typename Builder, typename Value>
ArrayPtr column_of(std::size_t rows, const Value& value) {
  Builder builder;
  check_built(builder.Reserve(static_cast<std::int64_t>(rows)));
  for (std::size_t i = 0; i < rows; ++i) builder.UnsafeAppend(value(i));
  return finish(builder);
}

}  // namespace rarewood
