#include "rarewood/evaluate/holm.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(Holm, MultipliesByTheTestsThatAreLeft) {
  double a = 0.02;
  double b = 0.01;
  double c = 0.5;
  double d = 0.012;
  adjust_by_holm({&a, &b, &c, &d});
  EXPECT_DOUBLE_EQ(b, 0.04);
  EXPECT_DOUBLE_EQ(d, 0.04);  // 3 x 0.012 is less than the one before
  EXPECT_DOUBLE_EQ(a, 0.04);
  EXPECT_DOUBLE_EQ(c, 0.5);
}

TEST(Holm, StaysAChance) {
  double a = 0.9;
  double b = 0.8;
  adjust_by_holm({&a, &b});
  EXPECT_EQ(a, 1);
  EXPECT_EQ(b, 1);
}

}  // namespace
}  // namespace rarewood
