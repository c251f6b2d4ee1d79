#include "rarewood/base/plain_number.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(PlainNumber, HasNoExponent) {
  EXPECT_EQ(plain_number(0.0001), "0.0001");
  EXPECT_EQ(plain_number(-0.1), "-0.1");
  EXPECT_EQ(plain_number(10), "10");
  EXPECT_EQ(plain_number(1e21), "1000000000000000000000");
  EXPECT_EQ(plain_number(5e-324).size(), 326U);
}

}  // namespace
}  // namespace rarewood
