#include "rarewood/feature/encoded_table.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <arrow/table.h>

#include "rarewood/base/parallel.hpp"
#include "rarewood/feature/encode_column.hpp"
#include "rarewood/feature/judge_column.hpp"
#include "rarewood/table/plain_types.hpp"

namespace rarewood {
namespace {

struct EncodedColumn {
  std::optional<Feature> feature;
  std::vector<float> values;
};

EncodedColumn encode_one(const std::string& name,
                         const std::shared_ptr<arrow::ChunkedArray>& stored) {
  const auto values = plain_values(stored, name, true);
  EncodedColumn column{judge_column(name, *values, {}).feature, {}};
  if (column.feature) encode_column(*column.feature, *values, {.table = name}, column.values);
  return column;
}

}  // namespace

EncodedTable encode_table(const arrow::Table& table, const std::vector<std::string>& not_features,
                          const Control& control) {
  std::vector<EncodedColumn> columns(static_cast<std::size_t>(table.num_columns()));
  parallel_for(control, columns.size(), [&](std::size_t c) {
    const std::string& name = table.field(static_cast<int>(c))->name();
    if (std::ranges::find(not_features, name) != not_features.end()) return;
    columns[c] = encode_one(name, table.column(static_cast<int>(c)));
  });
  EncodedTable encoded;
  encoded.columns.rows = static_cast<std::size_t>(table.num_rows());
  for (EncodedColumn& column : columns) {
    if (!column.feature) continue;
    encoded.schema.features.push_back(std::move(*column.feature));
    encoded.columns.values.push_back(std::move(column.values));
  }
  return encoded;
}

}  // namespace rarewood
