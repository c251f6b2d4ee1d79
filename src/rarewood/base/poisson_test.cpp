#include "rarewood/base/poisson.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

TEST(PoissonTable, HasTheMeanAndVarianceOfItsLaw) {
  Random random(5, "poisson test");
  for (const double mean : {0.3, 1.0, 2.0, 6.7, 90.0, 3000.5, 400000.0}) {
    const PoissonTable table(mean);
    const int draws = 40000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; ++i) {
      const double off =
          static_cast<double>(table.draw(static_cast<std::uint32_t>(random.bits()))) - mean;
      sum += off;
      squares += off * off;
    }
    EXPECT_NEAR(sum / draws, 0, 5 * std::sqrt(mean / draws)) << mean;
    EXPECT_NEAR(squares / draws / mean, 1, 5 * std::sqrt((2 + 1 / mean) / draws)) << mean;
  }
}

TEST(PoissonTable, GivesZeroAsOftenAsItShould) {
  const PoissonTable table(1);
  const double zero = std::exp(-1.0) * 4294967295.0;
  EXPECT_EQ(table.draw(static_cast<std::uint32_t>(zero) - 2), 0U);
  EXPECT_EQ(table.draw(static_cast<std::uint32_t>(zero) + 2), 1U);
  EXPECT_EQ(table.draw(0), 0U);
  EXPECT_GT(table.draw(0xFFFFFFFF), 9U);
}

}  // namespace
}  // namespace rarewood
