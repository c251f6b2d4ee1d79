#include "rarewood/evaluate/distribution.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(BetaShare, HasClosedFormsWithWholeParameters) {
  for (const double x : {0.001, 0.2, 0.5, 0.77, 0.999}) {
    EXPECT_NEAR(beta_share_below(x, 1, 1), x, 1e-14);
    EXPECT_NEAR(beta_share_below(x, 3, 1), x * x * x, 1e-14);
    EXPECT_NEAR(beta_share_below(x, 1, 4), 1 - std::pow(1 - x, 4), 1e-14);
    EXPECT_NEAR(beta_share_below(x, 7.5, 2.5) + beta_share_below(1 - x, 2.5, 7.5), 1, 1e-13);
  }
  EXPECT_EQ(beta_share_below(0, 2, 2), 0);
  EXPECT_EQ(beta_share_below(1, 2, 2), 1);
}

TEST(BetaQuantile, IsTheInverse) {
  for (const double share : {0.025, 0.5, 0.975}) {
    for (const double a : {0.5, 3.0, 6463.0}) {
      EXPECT_NEAR(beta_share_below(beta_quantile(share, a, 88113), a, 88113), share, 1e-9);
    }
  }
}

TEST(StudentT, HasTheTabulatedQuantiles) {
  EXPECT_NEAR(student_t_of_95(1), 12.7062047364, 1e-8);
  EXPECT_NEAR(student_t_of_95(2), 4.30265272991, 1e-9);
  EXPECT_NEAR(student_t_of_95(30), 2.04227245630, 1e-9);
  EXPECT_NEAR(student_t_of_95(1e6), 1.95996635682, 1e-9);
  EXPECT_NEAR(student_t_of_95(1e300), 1.95996398454, 1e-9);
}

TEST(StudentT, HasTheTabulatedTails) {
  EXPECT_NEAR(student_t_above(0, 7), 0.5, 1e-12);
  EXPECT_NEAR(student_t_above(1, 1), 0.25, 1e-12);
  EXPECT_NEAR(student_t_above(-1, 1), 0.75, 1e-12);
  EXPECT_NEAR(student_t_above(2.04227245630, 30), 0.025, 1e-10);
  EXPECT_NEAR(student_t_above(1.95996635682, 1e6), 0.025, 1e-9);
  EXPECT_NEAR(student_t_above(1.95996398454, 1e300), 0.025, 1e-10);
}

}  // namespace
}  // namespace rarewood
