#include "rarewood/evaluate/proportion.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(Wilson, IsThePublishedExample) {
  // Newcombe 1998, table I: 81 of 263 and 15 of 148.
  EXPECT_NEAR(wilson({81, 263}).low, 0.2553, 5e-5);
  EXPECT_NEAR(wilson({81, 263}).high, 0.3662, 5e-5);
  EXPECT_NEAR(wilson({15, 148}).low, 0.0624, 5e-5);
  EXPECT_NEAR(wilson({15, 148}).high, 0.1605, 5e-5);
}

TEST(Wilson, EndsAtTheEdgesAndKnowsNothingWithoutTrials) {
  EXPECT_EQ(wilson({0, 20}).low, 0);
  EXPECT_NEAR(wilson({0, 20}).high, 0.1611, 5e-5);  // the same table
  EXPECT_EQ(wilson({20, 20}).high, 1);
  EXPECT_EQ(wilson({0, 0}).low, 0);
  EXPECT_EQ(wilson({0, 0}).high, 1);
}

TEST(ClopperPearson, IsThePublishedExample) {
  EXPECT_NEAR(clopper_pearson({81, 263}).low, 0.2527, 5e-5);  // Newcombe 1998, table I
  EXPECT_NEAR(clopper_pearson({81, 263}).high, 0.3676, 5e-5);
  EXPECT_EQ(clopper_pearson({0, 20}).low, 0);
  EXPECT_NEAR(clopper_pearson({0, 20}).high, 0.1684, 5e-5);
  EXPECT_EQ(clopper_pearson({0, 0}).high, 1);
}

}  // namespace
}  // namespace rarewood
