#include <array>
#include <vector>

#include <arrow/array.h>
#include <arrow/chunked_array.h>
#include <arrow/table.h>
#include <arrow/type.h>

#include "rarewood/base/parallel.hpp"
#include "rarewood/table/arrow_result.hpp"
#include "rarewood/table/fingerprint.hpp"
#include "rarewood/table/plain_types.hpp"

namespace rarewood {
namespace {

/// What stands under a missing value is left over from whoever wrote it, so values are copied to
/// where missing ones are zero.
template <typename Value, typename Array>
void add_values(const Array& array, Fingerprint& into) {
  std::vector<Value> values(static_cast<std::size_t>(array.length()));
  for (std::int64_t row = 0; row < array.length(); ++row) {
    if (!array.IsNull(row)) values[static_cast<std::size_t>(row)] = array.Value(row);
  }
  into.add(std::as_bytes(std::span<const Value>(values)));
}

template <typename Value>
void add_fixed(const arrow::Array& array, Fingerprint& into) {
  const Value* values = array.data()->GetValues<Value>(1);
  const auto rows = static_cast<std::size_t>(array.length());
  if (array.null_count() == 0) return into.add(std::as_bytes(std::span(values, rows)));
  std::vector<Value> copy(values, values + rows);
  for (std::size_t row = 0; row < rows; ++row) {
    if (array.IsNull(static_cast<std::int64_t>(row))) copy[row] = 0;
  }
  into.add(std::as_bytes(std::span<const Value>(copy)));
}

/// Parquet has no stamps in seconds and gives them back in milliseconds: the unit may not matter.
/// (What overflows wraps around, the same way each time.)
void add_stamps(const arrow::Array& array, Fingerprint& into) {
  static constexpr std::array<std::uint64_t, 4> kNanoseconds{1'000'000'000, 1'000'000, 1000, 1};
  const auto unit = static_cast<const arrow::TimestampType&>(*array.type()).unit();
  const auto* values = array.data()->GetValues<std::uint64_t>(1);
  std::vector<std::uint64_t> copy(static_cast<std::size_t>(array.length()));
  for (std::size_t row = 0; row < copy.size(); ++row) {
    const bool missing = array.IsNull(static_cast<std::int64_t>(row));
    copy[row] = missing ? 0 : values[row] * kNanoseconds.at(unit);
  }
  into.add(std::as_bytes(std::span<const std::uint64_t>(copy)));
}

std::string type_text(const arrow::DataType& type) {
  if (type.id() != arrow::Type::TIMESTAMP) return type.ToString();
  return "timestamp " + static_cast<const arrow::TimestampType&>(type).timezone();
}

void add_text(const arrow::StringArray& array, Fingerprint& into) {
  for (std::int64_t row = 0; row < array.length(); ++row) {
    into.add(array.IsNull(row) ? std::string_view() : array.GetView(row));
  }
}

void add_chunk(const arrow::Array& array, Fingerprint& into) {
  const int bits = array.type()->bit_width();
  if (array.type_id() == arrow::Type::BOOL) {
    add_values<std::uint8_t>(static_cast<const arrow::BooleanArray&>(array), into);
  } else if (array.type_id() == arrow::Type::STRING) {
    add_text(static_cast<const arrow::StringArray&>(array), into);
  } else if (array.type_id() == arrow::Type::TIMESTAMP) {
    add_stamps(array, into);
  } else if (bits == 64) {
    add_fixed<std::uint64_t>(array, into);
  } else if (bits == 32) {
    add_fixed<std::uint32_t>(array, into);
  } else if (bits == 16) {
    add_fixed<std::uint16_t>(array, into);
  } else if (bits == 8) {
    add_fixed<std::uint8_t>(array, into);
  }
}

}  // namespace

// Values in one stream, the places of the missing ones in another: neither knows of chunks.
std::string column_fingerprint(const std::string& name,
                               const std::shared_ptr<arrow::ChunkedArray>& column) {
  const auto plain = plain_values(column, name, false);
  Fingerprint values;
  Fingerprint missing;
  values.add(std::string_view(name));
  values.add(type_text(*plain->type()));
  std::uint64_t first_row = 0;
  for (const auto& chunk : plain->chunks()) {
    add_chunk(*chunk, values);
    for (std::int64_t row = 0; chunk->null_count() > 0 && row < chunk->length(); ++row) {
      if (chunk->IsNull(row)) missing.add(first_row + static_cast<std::uint64_t>(row));
    }
    first_row += static_cast<std::uint64_t>(chunk->length());
  }
  return values.text() + missing.text();
}

std::string table_fingerprint(std::uint64_t rows, std::span<const std::string> columns) {
  Fingerprint whole;
  whole.add(rows);
  for (const std::string& column : columns) whole.add(std::string_view(column));
  return whole.text();
}

std::string table_fingerprint(const arrow::Table& table, const Control& control) {
  std::vector<std::string> columns(static_cast<std::size_t>(table.num_columns()));
  parallel_for(control, columns.size(), [&](std::size_t i) {
    const int column = static_cast<int>(i);
    columns[i] = column_fingerprint(table.field(column)->name(), table.column(column));
  });
  return table_fingerprint(static_cast<std::uint64_t>(table.num_rows()), columns);
}

}  // namespace rarewood
