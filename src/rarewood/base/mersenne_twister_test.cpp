#include "rarewood/base/mersenne_twister.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

// Expected numbers: numpy 2.4, RandomState(seed).
TEST(MersenneTwister, DrawsRandomStatesNumbers) {
  MersenneTwister of_42(42);
  EXPECT_EQ(of_42.bits(), 1608637542U);
  EXPECT_EQ(of_42.bits(), 3421126067U);
  MersenneTwister of_0(0);
  EXPECT_EQ(of_0.bits(), 2357136044U);
  MersenneTwister of_highest(0xFFFFFFFFU);
  EXPECT_EQ(of_highest.bits(), 419326371U);
}

// The C++ standard names the 10,000th number of the default seed (rand.predef).
TEST(MersenneTwister, ReachesTheStandardsTenThousandth) {
  MersenneTwister random(5489);
  for (int i = 1; i < 10000; ++i) random.bits();
  EXPECT_EQ(random.bits(), 4123659995U);
}

TEST(MersenneTwister, ThrowsAwayNumbersAboveTheBound) {
  MersenneTwister random(42);
  std::vector<std::uint32_t> drawn;
  for (int i = 0; i < 8; ++i) drawn.push_back(random.up_to(4));
  EXPECT_EQ(drawn, (std::vector<std::uint32_t>{3, 4, 2, 4, 4, 1, 2, 2}));
}

TEST(MersenneTwister, DrawsNothingWhereThereIsNoChoice) {
  MersenneTwister random(42);
  EXPECT_EQ(random.up_to(0), 0U);
  EXPECT_EQ(random.bits(), 1608637542U);
}

}  // namespace
}  // namespace rarewood
