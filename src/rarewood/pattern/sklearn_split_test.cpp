#include "rarewood/pattern/sklearn_split.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {
namespace {

/// `ones` rows of the second class, one at the head of each run of equal length.
std::vector<std::uint8_t> labels(std::size_t ones, std::size_t zeros) {
  const std::size_t run = (ones + zeros) / ones;
  std::vector<std::uint8_t> made(ones + zeros, 0);
  for (std::size_t i = 0; i < ones; ++i) made[i * run] = 1;
  return made;
}

std::vector<std::size_t> test_rows(std::size_t ones, std::size_t zeros, double size,
                                   std::uint64_t seed) {
  const std::vector<std::uint32_t> folds = folds_by_sklearn(labels(ones, zeros), size, seed);
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < folds.size(); ++row) {
    if (folds[row] == kTestFold) rows.push_back(row);
  }
  return rows;
}

using Rows = std::vector<std::size_t>;

// Expected rows: sorted(train_test_split(range(n), ...)[1]) of scikit-learn 1.9.1, numpy 2.4.6.
TEST(SklearnSplit, HoldsBackTheRowsThatTrainTestSplitDoes) {
  EXPECT_EQ(test_rows(5, 25, 0.2, 42), (Rows{8, 9, 13, 17, 18, 23}));
  EXPECT_EQ(test_rows(4, 16, 0.25, 0), (Rows{1, 4, 5, 7, 16}));
  EXPECT_EQ(test_rows(6, 6, 0.4, 3), (Rows{0, 1, 3, 6, 7}));
}

TEST(SklearnSplit, DrawsLotsBetweenClassesOfOneSize) {
  EXPECT_EQ(test_rows(3, 3, 0.5, 0), (Rows{1, 2, 3}));
  EXPECT_EQ(test_rows(3, 3, 0.5, 3), (Rows{0, 1, 3}));
  EXPECT_EQ(test_rows(3, 3, 0.5, 4), (Rows{2, 3, 5}));
}

TEST(SklearnSplit, RefusesSeedsThatNumpyRefuses) {
  EXPECT_NO_THROW(test_rows(5, 25, 0.2, 0xFFFFFFFF));
  EXPECT_THROW(test_rows(5, 25, 0.2, 0x100000000), Error);
}

TEST(SklearnSplit, RefusesAPartWithoutAClass) { EXPECT_THROW(test_rows(1, 25, 0.2, 42), Error); }

}  // namespace
}  // namespace rarewood
