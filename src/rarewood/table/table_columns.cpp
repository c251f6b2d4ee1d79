#include "rarewood/table/table_columns.hpp"

#include <algorithm>
#include <numeric>

#include <arrow/type.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/table/parquet_table.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kNamesShown = 20;

std::uint64_t column_estimate(const TableForm& form, const arrow::Field& field) {
  const auto rows = static_cast<std::uint64_t>(form.rows);
  const int bits = field.type()->bit_width();
  if (bits > 0) return rows * static_cast<std::uint64_t>(bits + 1) / 8;
  // Text: its bytes (in Parquet before repeated words are written out) and one offset a row.
  const std::uint64_t bytes =
      form.format == TableFormat::text
          ? form.text_bytes / static_cast<std::uint64_t>(std::max(1, form.schema->num_fields()))
          : parquet_column_bytes(form, field.name());
  return bytes + 16 * rows;
}

}  // namespace

std::vector<std::size_t> requested_columns(const TableForm& form, const TableRequest& request,
                                           const std::string& table) {
  std::vector<std::size_t> positions;
  if (request.columns.empty()) {
    positions.resize(static_cast<std::size_t>(form.schema->num_fields()));
    std::iota(positions.begin(), positions.end(), std::size_t{0});
    return positions;
  }
  for (const std::string& name : request.columns) {
    const int position = form.schema->GetFieldIndex(name);
    if (position < 0) refuse_missing_column(name, form.schema->field_names(), table);
    positions.push_back(static_cast<std::size_t>(position));
  }
  return positions;
}

void refuse_missing_column(const std::string& column, const std::vector<std::string>& present,
                           const std::string& table) {
  std::string sentence = "'" + table + "' has no column '" + column + "'.";
  if (const auto meant = nearest_word(column, present)) {
    throw Error(ErrorKind::data, sentence + " Did you mean '" + *meant + "'?");
  }
  const bool all = present.size() <= kNamesShown;
  const std::vector<std::string> shown(
      present.begin(),
      present.begin() + static_cast<std::ptrdiff_t>(std::min(present.size(), kNamesShown)));
  throw Error(ErrorKind::data, sentence + " It has " + listed(shown) + (all ? "." : " and more."));
}

std::uint64_t memory_estimate(const TableForm& form, const std::vector<std::size_t>& columns) {
  std::uint64_t bytes = 0;
  for (const std::size_t column : columns) {
    bytes += column_estimate(form, *form.schema->field(static_cast<int>(column)));
  }
  return bytes;
}

}  // namespace rarewood
