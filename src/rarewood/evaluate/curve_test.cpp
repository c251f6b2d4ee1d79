#include "rarewood/evaluate/curve.hpp"

#include <limits>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

TEST(Curve, RunsFromTheHighestScoreDownAndMergesTies) {
  const Curve curve = make_curve({{0.2, 5, 0}, {0.9, 1, 2}, {0.5, 0, 0}, {0.2, 1, 1}, {0.9, 0, 1}});

  ASSERT_EQ(curve.points.size(), 2U);
  EXPECT_EQ(curve.points[0].score, 0.9);
  EXPECT_EQ(curve.points[0].n0, 1U);
  EXPECT_EQ(curve.points[0].n1, 3U);
  EXPECT_EQ(curve.points[1].score, 0.2);
  EXPECT_EQ(curve.points[1].n0, 7U);
  EXPECT_EQ(curve.points[1].n1, 4U);
  EXPECT_EQ(curve.totals, (ClassTotals{7, 4}));
}

TEST(Curve, OfNothingIsEmpty) {
  EXPECT_TRUE(make_curve({}).points.empty());
  EXPECT_TRUE(make_curve({{0.5, 0, 0}}).points.empty());
}

TEST(Curve, RefusesAScoreThatIsNoNumber) {
  EXPECT_THROW(make_curve({{std::numeric_limits<double>::quiet_NaN(), 1, 0}}), Error);
}

}  // namespace
}  // namespace rarewood
