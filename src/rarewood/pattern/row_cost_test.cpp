#include <algorithm>
#include <map>
#include <vector>

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
  return random_rows_with(rows, Random(6, "cost test"), [](Random& random, Rows& made) {
    made.costs.push_back(static_cast<double>(random.below(40)) / 10);
  });
}

CellTable counted(const Rows& rows) {
  return count_cells(rows.columns, one_number(), {rows.positive, {}, {}, rows.costs}, {});
}

/// By cost: how many rows of each class.
std::map<double, ClassTotals> rows_by_cost(const auto& counts) {
  std::map<double, ClassTotals> rows;
  for (const auto& count : counts) {
    rows[count.cost].n0 += count.n0;
    rows[count.cost].n1 += count.n1;
  }
  return rows;
}

TEST(RowCosts, StayWithTheirRowsThroughTheSplit) {
  const Rows rows = random_rows(600);
  std::map<double, ClassTotals> expected;
  for (std::size_t i = 0; i < 600; ++i) {
    ClassTotals& totals = expected[rows.costs[i]];
    ++(rows.positive[i] != 0 ? totals.n1 : totals.n0);
  }
  const CellTable table = counted(rows);
  EXPECT_EQ(table.patterns->count, 4U);
  EXPECT_EQ(rows_by_cost(table.cells), expected);
  const CellTable dealt = draw_folds(draw_test_part(table, 0.2, 1), 3, 1);
  EXPECT_EQ(rows_by_cost(dealt.cells), expected);
  EXPECT_EQ(without_folds(dealt).cells, table.cells);
}

TEST(RowCosts, AreJudgedByButNotLearnedFrom) {
  const Split split =
      split_by_fold(draw_folds(draw_test_part(counted(random_rows(600)), 0.2, 1), 3, 1), 3);
  EXPECT_GT(split.test.counts().size(), 40U);
  EXPECT_EQ(split.test.totals().rows(), 120U);
  for (const auto& counts : {split.train.all().counts(), split.train.fold(1).fit.counts()}) {
    EXPECT_EQ(counts.size(), 4U);
    for (const PatternCount& count : counts) EXPECT_EQ(count.cost, 0);
  }
  EXPECT_GT(split.train.fold(1).check.counts().size(), 40U);
}

TEST(RowCosts, AreNoPartOfTheTablesFingerprint) {
  const Rows rows = random_rows(600);
  const CellTable plain = count_cells(rows.columns, one_number(), rows.positive, {}, {});
  EXPECT_EQ(cells_fingerprint(counted(rows), one_number()), cells_fingerprint(plain, one_number()));
}

TEST(RowCosts, DoNotKnowTheOrderOfRows) {
  Rows rows = random_rows(600);
  const CellTable before = counted(rows);
  std::reverse(rows.columns.values[0].begin(), rows.columns.values[0].end());
  std::reverse(rows.positive.begin(), rows.positive.end());
  std::reverse(rows.costs.begin(), rows.costs.end());
  EXPECT_EQ(counted(rows).cells, before.cells);
}

}  // namespace
}  // namespace rarewood
