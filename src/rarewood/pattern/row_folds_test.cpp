#include "rarewood/pattern/row_folds.hpp"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "rarewood/pattern/count.hpp"
#include "rarewood/pattern/rows_for_test.hpp"
#include "rarewood/pattern/split.hpp"

namespace rarewood {
namespace {

using Rows = RowsForTest;

Rows random_rows(std::size_t rows) {
  return random_rows_with(rows, Random(3, "row folds test"), [](Random& random, Rows& made) {
    made.weights.push_back(static_cast<float>(random.below(3)));
    made.user.push_back(random.below(30));
  });
}

Rows random_rows_with_costs(std::size_t rows) {
  Rows made = random_rows(rows);
  Random random(4, "row folds test");
  for (std::size_t i = 0; i < rows; ++i) {
    made.costs.push_back(static_cast<double>(random.below(7)) / 2);
  }
  return made;
}

CountedRows counted(const Rows& rows, std::span<const std::uint32_t> folds = {}) {
  return count_rows(rows.columns, one_number(), rows.facts(folds), {});
}

TEST(RowFolds, FillTheCellsThatWereDrawn) {
  const Rows rows = random_rows(600);
  const CountedRows before = counted(rows);
  const CellTable drawn = draw_folds(draw_test_part(before.table, 0.2, 7), 3, 7);
  const auto folds = draw_row_folds(drawn, {before.pattern, rows.facts(), rows.user}, 7);
  EXPECT_EQ(counted(rows, folds).table.cells, drawn.cells);
}

TEST(RowFolds, FillTheCellsOfRowsWithCosts) {
  const Rows rows = random_rows_with_costs(600);
  const CountedRows before = counted(rows);
  EXPECT_GT(before.table.cells.size(), 4U * 3U * 6U);
  const CellTable drawn = draw_folds(draw_test_part(before.table, 0.2, 7), 3, 7);
  const auto folds = draw_row_folds(drawn, {before.pattern, rows.facts(), rows.user}, 7);
  EXPECT_EQ(counted(rows, folds).table.cells, drawn.cells);
}

TEST(RowFolds, KeepWhatRowsWereCountedBy) {
  const Rows rows = random_rows(600);
  std::vector<std::uint32_t> fixed(600);
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    fixed[i] = i % 5 == 0 ? kTestFold : i % 7 == 0 ? kLeftOutFold : 0;
  }
  CountedRows before = counted(rows, fixed);
  drop_left_out(before.table.cells);
  const CellTable drawn = draw_folds(before.table, 3, 7);
  const auto folds = draw_row_folds(drawn, {before.pattern, rows.facts(fixed), rows.user}, 7);
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    if (fixed[i] != 0) {
      EXPECT_EQ(folds[i], fixed[i]);
    } else {
      EXPECT_LT(folds[i], 3U);
    }
  }
}

TEST(RowFolds, TakeAnyRowOfACellAsOftenAsAnyOther) {
  const Rows rows = random_rows(60);
  const CountedRows before = counted(rows);
  std::vector<double> tested(60);
  constexpr int kSeeds = 1000;
  for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
    const CellTable drawn = draw_folds(draw_test_part(before.table, 0.3, seed), 2, seed);
    const auto folds = draw_row_folds(drawn, {before.pattern, rows.facts(), rows.user}, seed);
    for (std::size_t i = 0; i < tested.size(); ++i) tested[i] += folds[i] == kTestFold;
  }
  // Each row by 0.3 on average, give or take 0.0145.
  for (const double times : tested) EXPECT_NEAR(times / kSeeds, 0.3, 0.07);
}

TEST(RowFolds, OfTheTestPartKnowNoOrderOfRows) {
  const Rows rows = random_rows(600);
  Rows turned = rows;
  std::reverse(turned.columns.values[0].begin(), turned.columns.values[0].end());
  std::reverse(turned.positive.begin(), turned.positive.end());
  std::reverse(turned.weights.begin(), turned.weights.end());
  std::reverse(turned.user.begin(), turned.user.end());
  const auto users_tested = [](const Rows& of) {
    const CountedRows before = counted(of);
    const CellTable drawn = draw_folds(draw_test_part(before.table, 0.2, 1), 3, 1);
    const auto folds = draw_row_folds(drawn, {before.pattern, of.facts(), of.user}, 1);
    std::map<std::pair<std::uint64_t, std::uint32_t>, int> rows_of;
    for (const std::uint32_t row : rows_of_test(folds, before.pattern, of.facts())) {
      ++rows_of[{of.user[row], before.pattern[row]}];
    }
    return rows_of;
  };
  EXPECT_EQ(users_tested(rows), users_tested(turned));
}

/// The test part's counts, and its rows counted.
void expect_counts_of_the_test_part(const Rows& rows) {
  const CountedRows before = counted(rows);
  const CellTable drawn = draw_folds(draw_test_part(before.table, 0.2, 7), 3, 7);
  const auto folds = draw_row_folds(drawn, {before.pattern, rows.facts(), rows.user}, 7);
  const auto which = rows_of_test(folds, before.pattern, rows.facts());
  EXPECT_EQ(count_of_rows(which, before.pattern, rows.facts()),
            split_by_fold(drawn, 3).test.counts());
}

TEST(RowFolds, OfTheTestPartAreItsCounts) { expect_counts_of_the_test_part(random_rows(600)); }

TEST(RowFolds, OfTheTestPartAreItsCountsByCost) {
  expect_counts_of_the_test_part(random_rows_with_costs(600));
  Rows light = random_rows_with_costs(600);
  light.weights.clear();
  expect_counts_of_the_test_part(light);
}

/// The check parts' counts, one after another, and the training rows counted by their entries.
void expect_counts_of_the_check_parts(const Rows& rows) {
  const CountedRows before = counted(rows);
  const CellTable drawn = draw_folds(draw_test_part(before.table, 0.2, 7), 3, 7);
  const auto folds = draw_row_folds(drawn, {before.pattern, rows.facts(), rows.user}, 7);
  const auto which = rows_of_training(folds, before.pattern, rows.facts());
  const auto entry = entries_of_rows({which, folds, before.pattern, rows.costs});
  std::vector<PatternCount> right;
  for (std::uint32_t k = 0; k < 3; ++k) {
    const CheckPart check = split_by_fold(drawn, 3).train.fold(k).check;
    right.insert(right.end(), check.counts().begin(), check.counts().end());
  }
  std::vector<PatternCount> made(right.size());
  ASSERT_EQ(entry.back() + 1, right.size());
  for (std::size_t i = 0; i < which.size(); ++i) {
    PatternCount& count = made[entry[i]];
    count.pattern = before.pattern[which[i]];
    count.weight = right[entry[i]].weight;
    count.cost = rows.costs.empty() ? 0 : rows.costs[which[i]];
    ++(rows.positive[which[i]] != 0 ? count.n1 : count.n0);
  }
  EXPECT_EQ(made, right);
}

TEST(RowFolds, OfTrainingAreTheCountsOfTheCheckParts) {
  expect_counts_of_the_check_parts(random_rows(600));
  expect_counts_of_the_check_parts(random_rows_with_costs(600));
}

TEST(RowFolds, CountSomeTestRowsWithTheirCosts) {
  const Rows rows = random_rows_with_costs(600);
  const CountedRows before = counted(rows);
  std::vector<std::uint32_t> tested(600);
  for (std::size_t i = 0; i < tested.size(); ++i) tested[i] = i % 3 == 0 ? 1 : kTestFold;
  auto which = rows_of_test(tested, before.pattern, rows.facts());
  std::erase_if(which, [&](std::uint32_t row) { return rows.user[row] >= 15; });
  std::map<std::pair<std::uint32_t, double>, ClassTotals> expected;
  for (std::size_t i = 0; i < tested.size(); ++i) {
    if (tested[i] != kTestFold || rows.user[i] >= 15) continue;
    ClassTotals& totals = expected[{before.pattern[i], rows.costs[i]}];
    ++(rows.positive[i] != 0 ? totals.n1 : totals.n0);
  }
  std::map<std::pair<std::uint32_t, double>, ClassTotals> some;
  for (const PatternCount& count : count_of_rows(which, before.pattern, rows.facts())) {
    some[{count.pattern, count.cost}].n0 += count.n0;
    some[{count.pattern, count.cost}].n1 += count.n1;
  }
  EXPECT_EQ(some, expected);
}

}  // namespace
}  // namespace rarewood
