#pragma once

// Parts for tests of the forest.

#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include "rarewood/base/random.hpp"
#include "rarewood/pattern/count.hpp"
#include "rarewood/pattern/split.hpp"

namespace rarewood {

/// Columns, classes and schema of a table made up for a test.
struct RowsForTest {
  Columns columns;
  FeatureSchema schema;
  std::vector<std::uint8_t> positive;

  FitPart part() const {
    std::vector<std::uint32_t> folds(columns.rows);
    for (std::size_t i = 0; i < columns.rows; ++i) folds[i] = static_cast<std::uint32_t>(i % 2);
    return split_by_fold(with_test_rows(count_cells(columns, schema, positive, folds, {})), 2)
        .train.all();
  }

 private:
  /// A split wants test rows; these are of the first pattern and seen by nobody.
  static CellTable with_test_rows(CellTable cells) {
    auto at = cells.cells.begin();
    while (at != cells.cells.end() && at->pattern == 0) ++at;
    cells.cells.insert(at, {0, kTestFold, 1, 1});
    return cells;
  }
};

/// Session-like rows with numbers, a category and missing values.
inline RowsForTest random_sessions(std::size_t rows, std::uint64_t seed) {
  Random random(seed, "rows");
  RowsForTest made;
  made.columns.rows = rows;
  made.columns.values.assign(4, std::vector<float>(rows));
  for (std::size_t i = 0; i < rows; ++i) {
    const auto depth = static_cast<double>(random.below(7));
    made.columns.values[0][i] = static_cast<float>(depth);
    made.columns.values[1][i] = static_cast<float>(random.below(24));
    made.columns.values[2][i] = static_cast<float>(random.below(5));
    made.columns.values[3][i] = random.below(4) == 0 ? std::numeric_limits<float>::quiet_NaN()
                                                     : static_cast<float>(random.below(3));
    made.positive.push_back(random.uniform() < 1 / (1 + std::exp(4 - depth)) ? 1 : 0);
  }
  made.schema.features = {{"depth", FeatureKind::number, {}},
                          {"hour", FeatureKind::number, {}},
                          {"source", FeatureKind::category, {"a", "b", "c", "d", "e"}},
                          {"visits", FeatureKind::number, {}}};
  return made;
}

/// Continuous columns of which the first two tell of the class; no two rows are equal.
inline RowsForTest random_numbers(std::size_t rows, std::size_t features, std::uint64_t seed) {
  Random random(seed, "numbers");
  RowsForTest made;
  made.columns.rows = rows;
  made.columns.values.assign(features, std::vector<float>(rows));
  for (std::size_t i = 0; i < rows; ++i) {
    for (auto& column : made.columns.values) column[i] = static_cast<float>(random.uniform());
    double score = made.columns.values[0][i];
    if (features > 1) score += made.columns.values[1][i] * made.columns.values[1][i];
    made.positive.push_back(random.uniform() < 1 / (1 + std::exp(5 - 4 * score)) ? 1 : 0);
  }
  for (std::size_t f = 0; f < features; ++f) {
    made.schema.features.push_back({"x" + std::to_string(f), FeatureKind::number, {}});
  }
  return made;
}

inline Split random_split(std::size_t rows, std::uint64_t seed) {
  const RowsForTest made = random_sessions(rows, seed);
  const CellTable cells = count_cells(made.columns, made.schema, made.positive, {}, Control{});
  return split_by_fold(draw_folds(draw_test_part(cells, 0.2, seed), 5, seed), 5);
}

}  // namespace rarewood
