#include "rarewood/pattern/slice.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/pattern/count.hpp"
#include "rarewood/pattern/split.hpp"

namespace rarewood {
namespace {

FeatureSchema one_number() {
  FeatureSchema schema;
  schema.features.push_back({"x", FeatureKind::number, {}});
  return schema;
}

/// Rows of one column of four values, a third of them positive, marked by chance.
struct Rows {
  Columns columns{.values = {{}}};
  std::vector<std::uint8_t> positive;
  std::vector<std::uint8_t> marked;
};

Rows random_rows(std::size_t rows) {
  Random random(3, "slice test");
  Rows made;
  made.columns.rows = rows;
  for (std::size_t i = 0; i < rows; ++i) {
    made.columns.values[0].push_back(static_cast<float>(random.below(4)));
    made.positive.push_back(random.below(3) == 0);
    made.marked.push_back(random.below(4) == 0);
  }
  return made;
}

CellTable counted(const Rows& rows, const std::vector<std::uint32_t>& folds) {
  return count_cells(rows.columns, one_number(), rows.positive, folds, Control{});
}

TEST(Slice, MarksLeaveNoTraceInWhatIsLearnedFrom) {
  const Rows rows = random_rows(500);
  std::vector<std::uint32_t> folds(500);
  for (std::size_t i = 0; i < folds.size(); ++i) {
    folds[i] = i % 5 == 0 ? kTestFold : static_cast<std::uint32_t>(i % 3);
  }
  for (const auto& of : {std::vector<std::uint32_t>{}, folds}) {
    const SlicedCells sliced = take_marks_off(counted(rows, marked_folds(of, rows.marked)));
    EXPECT_EQ(sliced.all.cells, counted(rows, of).cells);
    const auto marked = std::count(rows.marked.begin(), rows.marked.end(), 1);
    EXPECT_EQ(class_totals(sliced.in_slice).rows(), static_cast<std::uint64_t>(marked));
  }
}

TEST(Slice, OfRowsWithFoldsIsExactlyTheMarkedTestRows) {
  const Rows rows = random_rows(500);
  std::vector<std::uint32_t> folds(500);
  std::vector<PatternCount> wanted(4);
  for (std::uint32_t i = 0; i < 500; ++i) {
    folds[i] = i % 5 == 0 ? kTestFold : i % 2;
    if (folds[i] != kTestFold || rows.marked[i] == 0) continue;
    const auto pattern = static_cast<std::uint32_t>(rows.columns.values[0][i]);
    wanted[pattern].pattern = pattern;
    ++(rows.positive[i] != 0 ? wanted[pattern].n1 : wanted[pattern].n0);
  }
  const SlicedCells sliced = take_marks_off(counted(rows, marked_folds(folds, rows.marked)));
  EXPECT_EQ(slice_of_test(sliced, sliced.all, 42), wanted);
}

TEST(Slice, OfADrawnTestPartHasItsShareOfTheMarkedRows) {
  const Rows rows = random_rows(2000);
  const SlicedCells sliced = take_marks_off(counted(rows, marked_folds({}, rows.marked)));
  const ClassTotals marked = class_totals(sliced.in_slice);
  double sum = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const CellTable drawn = draw_folds(draw_test_part(sliced.all, 0.2, seed), 3, seed);
    const auto slice = slice_of_test(sliced, drawn, seed);
    const Split split = split_by_fold(drawn, 3, slice);
    for (const PatternCount& count : slice) {
      const auto& test = split.test.counts();
      const auto at = std::find_if(test.begin(), test.end(), [&](const PatternCount& each) {
        return each.pattern == count.pattern;
      });
      ASSERT_NE(at, test.end());
      ASSERT_LE(count.n0, at->n0);
      ASSERT_LE(count.n1, at->n1);
    }
    sum += static_cast<double>(split.test_slice.totals().rows());
  }
  // Hypergeometric: mean 0.2 of the marked rows; its deviation over 200 draws is below 1.
  EXPECT_NEAR(sum / 200, 0.2 * static_cast<double>(marked.rows()), 4);
}

}  // namespace
}  // namespace rarewood
