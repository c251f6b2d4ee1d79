#include <algorithm>

#include <gtest/gtest.h>

#include "rarewood/pattern/count.hpp"
#include "rarewood/pattern/fingerprint.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/pattern/rows_for_test.hpp"
#include "rarewood/pattern/split.hpp"

namespace rarewood {
namespace {

using Rows = RowsForTest;

Rows random_rows(std::size_t rows) {
  return random_rows_with(rows, Random(5, "weight test"), [](Random& random, Rows& made) {
    made.weights.push_back(static_cast<float>(random.below(4)) / 2);  // 0, 0.5, 1, 1.5
  });
}

CellTable counted(const Rows& rows, const std::vector<std::uint32_t>& folds = {}) {
  return count_cells(rows.columns, one_number(), {rows.positive, folds, rows.weights, {}}, {});
}

TEST(Weights, TellCellsButNotPatternsApart) {
  const Rows rows = random_rows(400);
  const CellTable table = counted(rows);
  EXPECT_EQ(table.patterns->count, 4U);
  EXPECT_EQ(table.cells.size(), 16U);
  EXPECT_EQ(class_totals(table.cells).rows(), 400U);
  double sum = 0;
  for (const float weight : rows.weights) sum += static_cast<double>(weight);
  const ClassWeightSums sums = class_weight_sums(table.cells);
  EXPECT_DOUBLE_EQ(sums.w0 + sums.w1, sum);
}

TEST(Weights, OfOneAreNoWeights) {
  Rows rows = random_rows(400);
  std::fill(rows.weights.begin(), rows.weights.end(), 1.0F);
  const CellTable plain = count_cells(rows.columns, one_number(), rows.positive, {}, {});
  EXPECT_EQ(counted(rows).cells, plain.cells);
  EXPECT_EQ(cells_fingerprint(counted(rows), one_number()), cells_fingerprint(plain, one_number()));
}

TEST(Weights, AreLearnedFromButNotJudgedBy) {
  const Rows rows = random_rows(400);
  const CellTable dealt = draw_folds(draw_test_part(counted(rows), 0.2, 1), 3, 1);
  const Split split = split_by_fold(dealt, 3);
  EXPECT_EQ(split.test.totals().rows(), 80U);
  EXPECT_EQ(split.test.counts().size(), 4U);
  for (const PatternCount& count : split.test.counts()) EXPECT_EQ(count.weight, 1);
  const FitPart all = split.train.all();
  EXPECT_EQ(all.counts().size(), 12U) << "rows of weight 0 are not learned from";
  EXPECT_LT(all.totals().rows(), split.train.totals().rows());
  const auto [fit, check] = split.train.fold(1);
  EXPECT_EQ(fit.counts().size(), 12U);
  EXPECT_EQ(check.counts().size(), 4U);
}

TEST(Weights, ChangeTheFingerprintWhateverTheFolds) {
  Rows rows = random_rows(400);
  std::vector<std::uint32_t> folds(400);
  for (std::uint32_t i = 0; i < 400; ++i) folds[i] = i % 3;
  const std::string fingerprint = cells_fingerprint(counted(rows), one_number());
  EXPECT_EQ(cells_fingerprint(counted(rows, folds), one_number()), fingerprint);
  rows.weights[17] += 1;
  EXPECT_NE(cells_fingerprint(counted(rows), one_number()), fingerprint);
}

}  // namespace
}  // namespace rarewood
