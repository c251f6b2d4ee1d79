#include "rarewood/base/random.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(Random, is_a_function_of_seed_purpose_and_index) {
  const auto first = [](std::uint64_t seed, const char* purpose, std::uint64_t index) {
    return Random(seed, purpose, index).bits();
  };
  EXPECT_EQ(first(1, "tree", 3), first(1, "tree", 3));
  EXPECT_NE(first(1, "tree", 3), first(2, "tree", 3));
  EXPECT_NE(first(1, "tree", 3), first(1, "fold", 3));
  EXPECT_NE(first(1, "tree", 3), first(1, "tree", 4));
}

TEST(Random, below_is_uniform) {
  Random random(7, "below");
  std::array<int, 7> seen{};
  for (int i = 0; i < 70000; ++i) ++seen[random.below(7)];
  for (const int count : seen) EXPECT_NEAR(count, 10000, 400);  // four standard deviations
}

struct Moments {
  double mean = 0;
  double variance = 0;
};

template <typename Draw>
Moments moments(int draws, Draw draw) {
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < draws; ++i) {
    const auto value = static_cast<double>(draw());
    sum += value;
    squares += value * value;
  }
  const double mean = sum / draws;
  return {mean, squares / draws - mean * mean};
}

TEST(Draws, binomial_has_its_mean_and_variance) {
  Random random(1, "binomial");
  struct Case {
    std::uint64_t n;
    double p;
  };
  for (const auto& [n, p] : {Case{5, 0.3}, Case{40, 0.1}, Case{400, 0.05}, Case{1000, 0.7},
                             Case{100000, 0.02}, Case{1000000, 0.5}}) {
    const double mean = static_cast<double>(n) * p;
    const double variance = mean * (1 - p);
    const Moments found = moments(40000, [&] { return draw_binomial(random, n, p); });
    EXPECT_NEAR(found.mean, mean, 5 * std::sqrt(variance / 40000)) << n << " " << p;
    EXPECT_NEAR(found.variance / variance, 1, 0.05) << n << " " << p;
  }
}

TEST(Draws, hypergeometric_has_its_mean_and_variance) {
  Random random(1, "hypergeometric");
  struct Case {
    std::uint64_t marked, total, sample;
  };
  for (const auto& [marked, total, sample] :
       {Case{3, 10, 4}, Case{300, 1000, 400}, Case{6463, 32313, 5000}, Case{50, 400000, 90000},
        Case{88112, 440558, 100000}}) {
    const double share = static_cast<double>(marked) / static_cast<double>(total);
    const double n = static_cast<double>(sample);
    const double rest = static_cast<double>(total - sample) / static_cast<double>(total - 1);
    const double variance = n * share * (1 - share) * rest;
    const Moments found =
        moments(20000, [&] { return draw_hypergeometric(random, marked, total, sample); });
    EXPECT_NEAR(found.mean, n * share, 5 * std::sqrt(variance / 20000)) << marked;
    EXPECT_NEAR(found.variance / variance, 1, 0.07) << marked;
  }
}

TEST(Draws, hypergeometric_keeps_its_bounds) {
  Random random(2, "bounds");
  for (int i = 0; i < 1000; ++i) {
    const std::uint64_t found = draw_hypergeometric(random, 95, 100, 90);
    EXPECT_GE(found, 85U);
    EXPECT_LE(found, 90U);
  }
  EXPECT_EQ(draw_hypergeometric(random, 0, 100, 50), 0U);
  EXPECT_EQ(draw_hypergeometric(random, 100, 100, 50), 50U);
}

}  // namespace
}  // namespace rarewood
