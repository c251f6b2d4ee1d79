#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/base/random.hpp"
#include "rarewood/pattern/count.hpp"

namespace rarewood {

/// Rows of one column of four values, a third of them positive, and what a test adds to them.
struct RowsForTest {
  Columns columns{.values = {{}}};
  std::vector<std::uint8_t> positive;
  std::vector<float> weights;
  std::vector<double> costs;
  std::vector<std::uint64_t> user;

  RowFacts facts(std::span<const std::uint32_t> folds = {}) const {
    return {positive, folds, weights, costs};
  }
};

inline FeatureSchema one_number() {
  FeatureSchema schema;
  schema.features.push_back({"x", FeatureKind::number, {}});
  return schema;
}

/// \param add  add(random, made) gives each row what it has besides, in turn
template <typename Add>
RowsForTest random_rows_with(std::size_t rows, Random random, const Add& add) {
  RowsForTest made;
  made.columns.rows = rows;
  for (std::size_t i = 0; i < rows; ++i) {
    made.columns.values[0].push_back(static_cast<float>(random.below(4)));
    made.positive.push_back(random.below(3) == 0);
    add(random, made);
  }
  return made;
}

}  // namespace rarewood
