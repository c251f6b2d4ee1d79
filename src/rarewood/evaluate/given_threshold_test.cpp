#include "rarewood/evaluate/given_threshold.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

TEST(CrossFittedCuts, DecidesEachFoldByTheOthers) {
  // The best cut of fold 0 lies between 0.2 and 0.4, that of fold 1 between 0.6 and 0.8.
  const ScoreList scores{{0.2, 9, 0}, {0.4, 0, 9}, {0.6, 9, 0}, {0.8, 0, 9}};
  const CrossFitted fitted = cross_fitted_cuts({}, scores, {0, 0, 1, 1});
  EXPECT_NEAR(fitted.thresholds[0], 0.7, 1e-12);
  EXPECT_NEAR(fitted.thresholds[1], 0.3, 1e-12);
  EXPECT_EQ(fitted.flags, (Flags{0, 0, 1, 1}));
}

TEST(CrossFittedCuts, NeedsPositiveRowsInTheOtherFolds) {
  EXPECT_THROW(cross_fitted_cuts({}, {{0.2, 9, 1}, {0.4, 9, 0}}, {0, 1}), Error);
}

TEST(CrossFittedCuts, FlagsNobodyWhereThatCostsLeast) {
  const ScoreList scores{{0.2, 9, 1}, {0.4, 9, 1}, {0.6, 9, 1}, {0.8, 9, 1}};
  const ThresholdRule dear{ThresholdRule::Kind::cost, 0, {10, 1}, "cost"};
  const CrossFitted fitted = cross_fitted_cuts(dear, scores, {0, 0, 1, 1});
  EXPECT_EQ(fitted.flags, (Flags{0, 0, 0, 0}));
  EXPECT_NEAR(fitted.thresholds[0], 0.8, 1e-12);
  EXPECT_GT(fitted.thresholds[0], 0.8);
}

}  // namespace
}  // namespace rarewood
