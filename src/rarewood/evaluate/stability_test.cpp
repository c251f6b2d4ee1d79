#include "rarewood/evaluate/stability.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/distribution.hpp"
#include "rarewood/evaluate/holm.hpp"
#include "rarewood/evaluate/two_shares.hpp"

namespace rarewood {
namespace {

using Rows = std::vector<std::uint64_t>;

TEST(ChiSquare, HasTheTabulatedQuantiles) {
  EXPECT_NEAR(chi_square_above(3.841458820694124, 1), 0.05, 1e-14);
  EXPECT_NEAR(chi_square_above(5.991464547107979, 2), 0.05, 1e-14);
  EXPECT_NEAR(chi_square_above(18.307038053275146, 10), 0.05, 1e-14);
  EXPECT_NEAR(chi_square_above(32.67057334, 21), 0.05, 1e-9);
  EXPECT_EQ(chi_square_above(0, 3), 1);
  EXPECT_EQ(chi_square_above(1e6, 3), 0);
}

TEST(Stability, IsNoneBetweenEqualSides) {
  const Stability same = population_stability(Rows{100, 200, 300}, Rows{100, 200, 300});
  EXPECT_NEAR(same.index, 0, 1e-15);
  EXPECT_EQ(same.groups, 3U);
  EXPECT_NEAR(same.p_value, 1, 1e-12);
  EXPECT_EQ(population_stability(Rows{10, 0}, Rows{10, 0}).p_value, 1) << "one group";
}

TEST(Stability, GrowsBothWaysAlike) {
  const Rows a{500, 300, 200};
  const Rows b{300, 300, 400};
  EXPECT_NEAR(population_stability(a, b).index, population_stability(b, a).index, 1e-15);
  EXPECT_GT(population_stability(a, b).index, 0.2);
  EXPECT_LT(population_stability(a, b).p_value, 1e-9);
}

TEST(Stability, CallsChanceWhatIsChance) {
  // Both sides from one law of ten groups: p-values below 5 % in about 5 % of draws.
  int below = 0;
  for (std::uint64_t draw = 0; draw < 1000; ++draw) {
    Random random(3, "stability", draw);
    Rows before(10), after(10);
    for (int row = 0; row < 2000; ++row) ++before[random.below(10)];
    for (int row = 0; row < 300; ++row) ++after[random.below(10)];
    below += population_stability(before, after).p_value < 0.05 ? 1 : 0;
  }
  EXPECT_GT(below, 30);
  EXPECT_LT(below, 72);
}

TEST(TwoShares, AreFishersTest) {
  // Of 8 balls, 4 marked, 4 are drawn: the lady who tastes tea.
  EXPECT_NEAR(p_of_more({1, 4}, {3, 4}), 17.0 / 70, 1e-12);
  EXPECT_NEAR(p_of_more({0, 4}, {4, 4}), 1.0 / 70, 1e-12);
  EXPECT_EQ(p_of_more({4, 4}, {0, 4}), 1);
  EXPECT_NEAR(p_of_other({1, 4}, {3, 4}), 34.0 / 70, 1e-12);
  EXPECT_EQ(p_of_more({0, 10}, {0, 10}), 1);
  EXPECT_NEAR(p_of_more({0, 472'871}, {1, 1}), 1.0 / 472'872, 1e-11);
}

TEST(Holm, AdjustsFromTheSmallestOn) {
  double a = 0.01, b = 0.04, c = 0.03;
  adjust_by_holm({&a, &b, &c});
  EXPECT_NEAR(a, 0.03, 1e-15);
  EXPECT_NEAR(c, 0.06, 1e-15);
  EXPECT_NEAR(b, 0.06, 1e-15) << "never falling";
}

}  // namespace
}  // namespace rarewood
