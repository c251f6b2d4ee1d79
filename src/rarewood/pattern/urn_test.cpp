#include "rarewood/pattern/urn.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(Urn, takes_exactly_what_is_wanted) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Random random(seed, "test");
    Urn urn(10, 4);
    const std::uint32_t first = urn.take(random, 3);
    const std::uint32_t second = urn.take(random, 0);
    const std::uint32_t third = urn.take(random, 7);
    EXPECT_LE(first, 3U);
    EXPECT_EQ(second, 0U);
    EXPECT_EQ(first + third, 4U);
  }
}

TEST(Urn, takes_of_each_group_in_proportion) {
  // Hypergeometric: 30 of 100 rows, a group of 20: mean 6, variance 6 * 0.7 * 80 / 99.
  constexpr int kDraws = 4000;
  double sum = 0;
  for (std::uint64_t seed = 0; seed < kDraws; ++seed) {
    Random random(seed, "test");
    Urn urn(100, 30);
    urn.take(random, 50);
    sum += urn.take(random, 20);
  }
  EXPECT_NEAR(sum / kDraws, 6, 4 * std::sqrt(6 * 0.7 * 80 / 99 / kDraws));
}

}  // namespace
}  // namespace rarewood
