#include "rarewood/evaluate/interval.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

MetricIntervals of(const ScoreList& list, double threshold = 0.5) {
  return metric_intervals(list, flags_at(list, threshold), {});
}

void expect_interval(const Interval& interval, double low, double high) {
  EXPECT_NEAR(interval.low, low, 1e-9);
  EXPECT_NEAR(interval.high, high, 1e-9);
}

TEST(MetricIntervals, OfPerfectSeparationReachBelowOne) {
  const MetricIntervals judged = of({{0, 400, 0}, {1, 0, 30}});
  for (const char* name : {"auc_roc", "average_precision", "f1_score", "recall"}) {
    EXPECT_EQ(judged.intervals.at(name).high, 1) << name;
    EXPECT_LT(judged.intervals.at(name).low, 1) << name;
    EXPECT_GT(judged.intervals.at(name).low, 0.8) << name;
  }
  expect_interval(judged.intervals.at("auc_roc"), std::pow(0.025, 1.0 / 30), 1);
  EXPECT_GT(judged.intervals.at("brier").high, 0);
  EXPECT_GT(judged.intervals.at("log_loss").high, 0);
  EXPECT_LT(judged.intervals.at("log_loss").high, 1);
}

TEST(MetricIntervals, OfOneScoreForAllSayThatNothingIsRanked) {
  const MetricIntervals judged = of({{0.1, 900, 100}});
  expect_interval(judged.intervals.at("auc_roc"), 0.5, 0.5);
  EXPECT_LT(judged.intervals.at("average_precision").low, 0.09);
  EXPECT_GT(judged.intervals.at("average_precision").high, 0.11);
  expect_interval(judged.intervals.at("precision"), 0, 1);  // no row is flagged
  EXPECT_EQ(judged.intervals.at("f1_score").low, 0);
}

TEST(MetricIntervals, AreExactOrNoneBelowTwentyRowsOfAClass) {
  const MetricIntervals judged = of({{0.2, 190, 9}, {0.7, 10, 10}});
  EXPECT_TRUE(judged.exact);
  expect_interval(judged.intervals.at("precision"), 0.2719578496, 0.7280421504);
  for (const char* name : {"auc_roc", "average_precision", "brier", "log_loss", "geometric_mean"}) {
    EXPECT_TRUE(std::isnan(judged.intervals.at(name).low)) << name;
  }
  EXPECT_FALSE(of({{0.2, 190, 10}, {0.7, 10, 10}}).exact);
}

TEST(MetricIntervals, WidenByTheRootOfTheDesignEffect) {
  // Every row four times, the four in one block: a quarter of the rows is all there is.
  Random random(1, "interval test");
  ScoreList once;
  ScoreList four;
  std::vector<std::uint32_t> blocks;
  for (std::uint32_t block = 0; block < 1000; ++block) {
    const double score = random.uniform();
    const bool positive = random.uniform() < 0.4 * score;
    once.push_back({score, positive ? 0U : 1U, positive ? 1U : 0U});
    four.push_back({score, positive ? 0U : 4U, positive ? 4U : 0U});
    blocks.push_back(block);
  }
  const auto right = of(once).intervals;
  const auto judged = metric_intervals(four, flags_at(four, 0.5), blocks);
  for (const MetricInfo& metric : kMetrics) {
    const Interval& a = judged.intervals.at(metric.name);
    const Interval& b = right.at(metric.name);
    EXPECT_NEAR((a.high - a.low) / (b.high - b.low), 1, 0.05) << metric.name;
  }
  EXPECT_NEAR(judged.design_effects.at("auc_roc"), 4, 0.05);
  EXPECT_NEAR(judged.design_effects.at("recall"), 4, 0.05);
}

}  // namespace
}  // namespace rarewood
