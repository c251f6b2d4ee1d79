#include "rarewood/evaluate/non_inferiority.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

/// Rows with a signal in (0, 1), positive with a chance of half its square.
struct Drawn {
  ScoreList good;  ///< the chance itself
  ScoreList poor;  ///< the same of a signal with noise
  Flags flags;
};

double chance(double signal) { return signal * signal / 2; }

Drawn draw(std::uint64_t rows, double noise, std::uint64_t seed) {
  Random random(seed, "non-inferiority test");
  Drawn drawn;
  for (std::uint64_t row = 0; row < rows; ++row) {
    const double signal = random.uniform();
    const double other = noise * random.uniform() + (1 - noise) * signal;
    const std::uint64_t positive = random.uniform() < chance(signal) ? 1 : 0;
    drawn.good.push_back({chance(signal), 1 - positive, positive});
    drawn.poor.push_back({chance(other), 1 - positive, positive});
  }
  drawn.flags.assign(rows, 0);
  return drawn;
}

std::vector<MarginTest> tests_of(const Drawn& drawn, double margin) {
  return test_margin({{drawn.poor, drawn.flags}, {drawn.good, drawn.flags}, {}}, margin);
}

TEST(NonInferiority, AModelIsNotWorseThanItself) {
  const Drawn drawn = draw(400, 0, 1);
  for (const MarginTest& test : tests_of(drawn, 0.01)) {
    EXPECT_EQ(test.verdict, MarginVerdict::not_worse) << test.metric;
    EXPECT_EQ(test.difference(), 0);
  }
}

TEST(NonInferiority, LossOfAucAndGainOfLogLossAreBothBad) {
  const Drawn drawn = draw(4000, 0.9, 2);
  const auto tests = tests_of(drawn, 0.01);
  EXPECT_LT(tests[0].difference(), -0.01);
  EXPECT_GT(tests[1].difference(), 0.01);
  for (const MarginTest& test : tests) EXPECT_EQ(test.verdict, MarginVerdict::worse);
  // The other way round nothing is lost, however large the difference.
  const auto turned = test_margin({{drawn.good, drawn.flags}, {drawn.poor, drawn.flags}, {}}, 0.01);
  for (const MarginTest& test : turned) EXPECT_EQ(test.verdict, MarginVerdict::not_worse);
}

TEST(NonInferiority, RowsNeededHalveTheIntervalWithFourTimesTheRows) {
  const auto few = tests_of(draw(2000, 0.3, 3), 0.01);
  const auto fine = tests_of(draw(2000, 0.3, 3), 0.005);
  ASSERT_TRUE(few[0].rows_needed && fine[0].rows_needed);
  EXPECT_NEAR(static_cast<double>(*fine[0].rows_needed) / static_cast<double>(*few[0].rows_needed),
              4, 0.01);
  const double half = (few[0].interval->high - few[0].interval->low) / 2;
  // (1.96 + 0.84) standard errors within the margin: four cases of five.
  const double factor = half / 1.959964 * (1.959964 + 0.841621) / 0.01;
  EXPECT_NEAR(static_cast<double>(*few[0].rows_needed), 2000 * factor * factor, 2);
}

TEST(NonInferiority, TooFewRowsOfAClassShowNothing) {
  const Drawn drawn = draw(60, 0.3, 4);
  const ClassTotals totals = class_totals(drawn.good);
  ASSERT_LT(totals.n1, 20U);
  for (const MarginTest& test : tests_of(drawn, 0.01)) {
    EXPECT_EQ(test.verdict, MarginVerdict::too_few);
    EXPECT_FALSE(test.interval);
    ASSERT_TRUE(test.rows_needed);
    EXPECT_NEAR(static_cast<double>(*test.rows_needed), 60 * 20.0 / static_cast<double>(totals.n1),
                1);
  }
}

TEST(NonInferiority, AMeanIsOffOnlyBeyondChanceAndTolerance) {
  const Flags flags(2, 0);
  const auto mean = [&](double probability, std::uint64_t n0, std::uint64_t n1) {
    const ScoreList list{{probability, n0, n1}, {probability, 0, 0}};
    return check_mean({list, flags}, {});
  };
  EXPECT_FALSE(mean(0.10, 900, 100).off_by(0.1));
  EXPECT_TRUE(mean(0.05, 9000, 1000).off_by(0.1));
  EXPECT_TRUE(mean(0.20, 9000, 1000).off_by(0.1));
  EXPECT_FALSE(mean(0.05, 27, 3).off_by(0.1)) << "few rows";
  EXPECT_FALSE(mean(0.095, 90000, 10000).off_by(0.1)) << "within the tolerance";
  EXPECT_TRUE(mean(0.095, 90000, 10000).off_by(0.01));
}

}  // namespace
}  // namespace rarewood
