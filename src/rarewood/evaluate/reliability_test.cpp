#include "rarewood/evaluate/reliability.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/interval.hpp"

namespace rarewood {
namespace {

ScoreList drawn(double shift, double slope) {
  Random random(5, "reliability test");
  ScoreList list;
  for (int i = 1; i < 1000; ++i) {
    const double p = i / 1000.0;
    const double f = slope * std::log(p / (1 - p)) + shift;
    const std::uint64_t n1 = draw_binomial(random, 40, 1 / (1 + std::exp(-f)));
    list.push_back({p, 40 - n1, n1});
  }
  return list;
}

TEST(Reliability, IsRightOfRightProbabilities) {
  const CalibrationFigures figures = calibration_figures(drawn(0, 1), {}, {});
  EXPECT_NEAR(figures.slope.value, 1, 0.03);
  EXPECT_LT(figures.slope.interval.low, 1);
  EXPECT_GT(figures.slope.interval.high, 1);
  EXPECT_NEAR(figures.in_the_large.value, 0, 0.03);
  EXPECT_NEAR(figures.mean_probability, 0.5, 1e-12);
  EXPECT_NEAR(figures.brier.value, 1.0 / 6, 0.005);
  EXPECT_LT(figures.ece.value, 0.015);
  EXPECT_TRUE(calibration_warnings(figures).empty());
}

TEST(Reliability, FindsWhatIsWrong) {
  const CalibrationFigures figures = calibration_figures(drawn(-1, 0.6), {}, {});
  EXPECT_NEAR(figures.slope.value, 0.6, 0.03);
  EXPECT_NEAR(figures.intercept.value, -1, 0.05);
  EXPECT_LT(figures.in_the_large.interval.high, -0.5);
  EXPECT_GT(figures.ece.interval.low, 0.1);
  const std::vector<std::string> warnings = calibration_warnings(figures);
  ASSERT_EQ(warnings.size(), 2U);
  EXPECT_NE(warnings[0].find("do not read the probabilities as frequencies"), std::string::npos);
  EXPECT_NE(warnings[1].find("too bold"), std::string::npos);
}

TEST(Reliability, HasNoSlopeWhereClassesArePerfectlySeparated) {
  const CalibrationFigures figures = calibration_figures({{0.1, 50, 0}, {0.9, 0, 50}}, {}, {});
  EXPECT_TRUE(std::isnan(figures.slope.value));
  EXPECT_TRUE(std::isfinite(figures.in_the_large.value));
  EXPECT_TRUE(std::isfinite(figures.ece.value));
}

TEST(Reliability, HoldsTheErrorInItsInterval) {
  Random random(8, "reliability test");
  for (int round = 0; round < 30; ++round) {
    ScoreList list;
    for (int i = 1; i < 100; ++i) {
      const std::uint64_t n1 = draw_binomial(random, 4, i / 100.0);
      list.push_back({i / 100.0, 4 - n1, n1});
    }
    const Figure ece = calibration_figures(list, {}, {200, 42}).ece;
    EXPECT_GE(ece.interval.low, 0);
    EXPECT_LE(ece.interval.low, ece.value);
    EXPECT_GE(ece.interval.high, ece.value);
  }
}

TEST(Reliability, HasTheBrierIntervalOfTheMetrics) {
  const ScoreList list = drawn(0, 1);
  const Figure brier = calibration_figures(list, {}, {}).brier;
  const Flags flags = flags_at(list, 0.5);
  EXPECT_EQ(brier.interval.low, metric_intervals(list, flags, {}).intervals.at("brier").low);
}

TEST(Reliability, HasNoIntervalsOfFewRows) {
  const CalibrationFigures figures =
      calibration_figures({{0.01, 500, 3}, {0.05, 100, 8}, {0.2, 30, 8}}, {}, {200, 42});
  for (const Figure* figure :
       {&figures.in_the_large, &figures.slope, &figures.intercept, &figures.brier, &figures.ece}) {
    EXPECT_TRUE(std::isfinite(figure->value));
    EXPECT_TRUE(std::isnan(figure->interval.low) && std::isnan(figure->interval.high));
  }
  EXPECT_TRUE(std::isfinite(figures.prevalence.interval.low));
}

TEST(Reliability, TakesOneProbabilityForAll) {
  const CalibrationFigures figures = calibration_figures({{0.1, 90, 10}}, {}, {});
  EXPECT_TRUE(std::isnan(figures.slope.value));
  EXPECT_NEAR(figures.in_the_large.value, 0, 1e-9);
  EXPECT_NEAR(figures.ece.value, 0, 1e-12);
  EXPECT_EQ(reliability_curve({{0.1, 90, 10}}).size(), 1U);
}

TEST(ReliabilityCurve, HasBinsOfEquallyManyRows) {
  const auto curve = reliability_curve(drawn(0, 1));
  ASSERT_EQ(curve.size(), 10U);
  for (const ReliabilityBin& bin : curve) EXPECT_NEAR(static_cast<double>(bin.rows), 3996, 40);
}

TEST(ReliabilityCurve, KeepsRowsOfOneProbabilityTogether) {
  // 55 % of the rows share a probability: they fill five shares and a half, and the next
  // bin ends where the seventh does.
  ScoreList list{{0.001, 5500, 0}};
  for (int i = 1; i <= 450; ++i) list.push_back({0.1 + i / 1000.0, 9, 1});
  const auto curve = reliability_curve(list);
  ASSERT_EQ(curve.size(), 5U);
  EXPECT_EQ(curve[0].rows, 5500U);
  EXPECT_NEAR(static_cast<double>(curve[1].rows), 1500, 10);
  for (std::size_t b = 2; b < 5; ++b) EXPECT_NEAR(static_cast<double>(curve[b].rows), 1000, 10);
}

// Every row four times, the four in one group, is known no better than once.
TEST(CalibrationFigures, CountGroupsAndNotTheirRows) {
  Random random(8, "calibration groups");
  ScoreList once;
  ScoreList four;
  std::vector<std::uint32_t> block;
  for (std::uint32_t row = 0; row < 3000; ++row) {
    const double score = 0.02 + 0.96 * random.uniform();
    const bool positive = random.uniform() < score;
    once.push_back({score, positive ? 0U : 1U, positive ? 1U : 0U});
    four.push_back({score, positive ? 0U : 4U, positive ? 4U : 0U});
    block.push_back(row);
  }
  const CalibrationFigures right = calibration_figures(once, {}, {400, 42});
  const CalibrationFigures grouped =
      calibration_figures(four, blocks_of_entries(four, block), {400, 42});
  const CalibrationFigures by_row = calibration_figures(four, {}, {400, 42});
  const auto width = [](const Figure& figure) {
    return figure.interval.high - figure.interval.low;
  };
  for (const auto figure :
       {&CalibrationFigures::prevalence, &CalibrationFigures::in_the_large,
        &CalibrationFigures::slope, &CalibrationFigures::intercept, &CalibrationFigures::brier}) {
    EXPECT_NEAR(width(grouped.*figure) / width(right.*figure), 1, 0.06);
    EXPECT_NEAR(width(by_row.*figure) / width(right.*figure), 0.5, 0.05);
  }
  EXPECT_NEAR(width(grouped.ece) / width(right.ece), 1, 0.25);
  EXPECT_LT(width(by_row.ece), width(right.ece));
}

TEST(CalibrationFigures, HaveNoIntervalsBelowFiveGroups) {
  ScoreList list;
  std::vector<std::uint32_t> block;
  for (std::uint32_t row = 0; row < 200; ++row) {
    const double score = (row % 10 + 0.5) / 10;
    list.push_back({score, row % 3 == 0 ? 0U : 1U, row % 3 == 0 ? 1U : 0U});
    block.push_back(row % 4);
  }
  const CalibrationFigures figures =
      calibration_figures(list, blocks_of_entries(list, block), {100, 42});
  EXPECT_TRUE(std::isnan(figures.slope.interval.low));
  EXPECT_TRUE(std::isnan(figures.prevalence.interval.low));
  EXPECT_TRUE(std::isfinite(figures.slope.value));
  EXPECT_TRUE(calibration_warnings(figures).empty());
}

TEST(CalibrationFigures, AreNotCertainWhereAllGroupsAreAlike) {
  ScoreList list;
  std::vector<std::uint32_t> block;
  for (std::uint32_t user = 0; user < 40; ++user) {
    list.insert(list.end(), {{0.2, 3, 0}, {0.7, 1, 0}, {0.4, 0, 1}, {0.9, 0, 1}});
    block.insert(block.end(), 4, user);
  }
  const CalibrationFigures figures =
      calibration_figures(list, blocks_of_entries(list, block), {100, 42});
  EXPECT_TRUE(std::isnan(figures.in_the_large.interval.low));
  EXPECT_TRUE(std::isnan(figures.slope.interval.low));
  EXPECT_TRUE(std::isnan(figures.ece.interval.low));
  EXPECT_LT(figures.brier.interval.low, figures.brier.interval.high);
}

}  // namespace
}  // namespace rarewood
