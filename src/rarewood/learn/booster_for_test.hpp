#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "rarewood/base/random.hpp"
#include "rarewood/learn/weighted_rows.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/pattern/count.hpp"
#include "rarewood/pattern/split.hpp"

namespace rarewood {

/// Rows for tests of boosters: numbers, missing values, categories of few and of many levels. With
/// few values, five rows of twenty thousand are alike.
struct RowsForTest {
  Columns columns;
  FeatureSchema schema;
  std::vector<std::uint8_t> positive;
  std::uint64_t prices;
  std::uint64_t places;

  explicit RowsForTest(std::size_t rows, std::uint64_t seed, bool few_values = false)
      : prices(few_values ? 4 : 50), places(few_values ? 8 : 40) {
    Random random(seed, "rows for test");
    columns.rows = rows;
    columns.values.assign(5, std::vector<float>(rows));
    schema.features = {{"depth", FeatureKind::number, {}},
                       {"price", FeatureKind::number, {}},
                       {"source", FeatureKind::category, std::vector<std::string>(5, "level")},
                       {"place", FeatureKind::category, std::vector<std::string>(places, "level")},
                       {"visits", FeatureKind::number, {}}};
    for (std::size_t row = 0; row < rows; ++row) {
      positive.push_back(random.uniform() < fill_row(row, random) ? 1 : 0);
    }
  }

  /// Everything in one part to learn from. \param folded  equal rows counted, or each by itself
  FitPart part(bool folded = true) const {
    CellTable table = count_cells(columns, schema, positive, {}, Control{});
    if (!folded) table = unfolded();
    // One more row of each class, left out of the part, makes the split complete.
    table.cells.push_back({static_cast<std::uint32_t>(table.patterns->count - 1), kTestFold, 1, 1});
    return split_by_fold(draw_folds(table, 2, 1), 2).train.all();
  }

 private:
  /// \return the row's probability of being positive
  double fill_row(std::size_t row, Random& random) {
    const auto value = [&](std::size_t f, std::uint64_t number) {
      columns.values[f][row] = static_cast<float>(number);
      return static_cast<double>(number);
    };
    const auto missing = [&](std::size_t f, std::uint64_t one_in) {
      const bool drawn = random.below(one_in) == 0;
      if (drawn) columns.values[f][row] = std::numeric_limits<float>::quiet_NaN();
      return drawn;
    };
    double z = value(0, random.below(7)) - 4.5;
    z += 0.02 * value(1, random.below(prices)) * (columns.values[0][row] > 3 ? 1 : -1);
    columns.values[1][row] = columns.values[1][row] / 8 - 3;
    z += value(2, random.below(5)) == 3 ? 1 : 0;
    z += 0.05 *
         static_cast<double>(static_cast<std::uint64_t>(value(3, random.below(places))) * 7 % 40);
    z += value(4, random.below(3)) / 2;
    if (missing(3, 9)) z += 1;
    if (missing(4, 4)) z -= 1;
    return 1 / (1 + std::exp(-z));
  }

  /// A pattern a row.
  CellTable unfolded() const {
    auto patterns = std::make_shared<Patterns>();
    patterns->count = columns.rows;
    for (std::size_t f = 0; f < columns.values.size(); ++f) {
      const auto& column = columns.values[f];
      patterns->values.insert(patterns->values.end(), column.begin(), column.end());
      patterns->category_counts.push_back(
          static_cast<std::uint32_t>(schema.features[f].categories.size()));
    }
    CellTable table{patterns, {}};
    for (std::uint32_t row = 0; row < columns.rows; ++row) {
      table.cells.push_back({row, 0, 1U - positive[row], positive[row]});
    }
    return table;
  }
};

/// Raw scores of the rows.
inline std::vector<float> scores_of(const Ensemble& ensemble, const Columns& columns) {
  std::vector<const float*> pointers;
  for (const auto& column : columns.values) pointers.push_back(column.data());
  return raw_scores(ensemble, pointers, columns.rows, Control{});
}

/// Mean log loss of raw scores.
inline double log_loss(const std::vector<float>& scores,
                       const std::vector<std::uint8_t>& positive) {
  double sum = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const double z = static_cast<double>(scores[i]);
    sum += std::log1p(std::exp(positive[i] != 0 ? -z : z));
  }
  return sum / static_cast<double>(scores.size());
}

/// The same values row by row, as libraries take them.
inline std::vector<float> row_major(const Columns& columns) {
  std::vector<float> values;
  for (std::size_t row = 0; row < columns.rows; ++row) {
    for (const auto& column : columns.values) values.push_back(column[row]);
  }
  return values;
}

/// Largest difference in relation to the larger of the margin and 1.
template <typename Value>
double largest_difference(const std::vector<float>& ours, const std::vector<Value>& theirs) {
  double largest = 0;
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const auto a = static_cast<double>(ours[i]);
    const auto b = static_cast<double>(theirs[i]);
    largest = std::max(largest, std::abs(a - b) / std::max(1.0, std::abs(b)));
  }
  return largest;
}

}  // namespace rarewood
