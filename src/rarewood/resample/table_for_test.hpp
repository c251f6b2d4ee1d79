#pragma once

#include <vector>

#include "rarewood/base/random.hpp"
#include "rarewood/pattern/count.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

struct TestTable {
  Columns columns;
  std::vector<std::uint8_t> positive;

  explicit TestTable(std::size_t features) { columns.values.resize(features); }

  void add(const std::vector<float>& row, bool is_positive) {
    for (std::size_t f = 0; f < row.size(); ++f) columns.values[f].push_back(row[f]);
    positive.push_back(is_positive ? 1 : 0);
    ++columns.rows;
  }
};

/// All rows of the table as a part to fit; its last column is a category if told so.
inline FitPart part_of(TestTable table, bool last_is_category = false) {
  std::vector<std::uint32_t> folds(table.columns.rows, 0);
  FeatureSchema schema;
  std::vector<float> row;
  for (const auto& column : table.columns.values) {
    schema.features.push_back({"x", FeatureKind::number, {}});
    row.push_back(column[0]);
  }
  if (last_is_category) {
    schema.features.back() = {"x", FeatureKind::category, std::vector<std::string>(100)};
  }
  for (const bool side : {false, true}) {  // the test part needs a row of each class
    table.add(row, side);
    folds.push_back(kTestFold);
  }
  const CellTable cells = count_cells(table.columns, schema, table.positive, folds, Control{});
  return split_by_fold(cells, 1).train.all();
}

/// Every tenth row positive. x0 continuous or of few values, x1 whole numbers, x2 boolean.
inline TestTable random_table(std::size_t rows, bool continuous, std::uint64_t seed) {
  Random random(seed, "table");
  TestTable table(3);
  for (std::size_t i = 0; i < rows; ++i) {
    const float x0 = continuous ? static_cast<float>(random.uniform())
                                : static_cast<float>(random.below(3)) * 0.5F;
    table.add({x0, static_cast<float>(random.below(continuous ? 20 : 2)),
               static_cast<float>(random.below(2))},
              i % 10 == 0);
  }
  return table;
}

}  // namespace rarewood
