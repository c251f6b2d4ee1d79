#include "rarewood/evaluate/interval.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/distribution.hpp"
#include "rarewood/evaluate/proportion.hpp"

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
  const auto judged = metric_intervals(four, flags_at(four, 0.5), blocks_of_entries(four, blocks));
  for (const MetricInfo& metric : kMetrics) {
    const Interval& a = judged.intervals.at(metric.name);
    const Interval& b = right.at(metric.name);
    EXPECT_NEAR((a.high - a.low) / (b.high - b.low), 1, 0.05) << metric.name;
  }
  EXPECT_NEAR(judged.design_effects.at("auc_roc"), 4, 0.05);
  EXPECT_NEAR(judged.design_effects.at("recall"), 4, 0.05);
}

/// Blocks of as many rows, all flagged rightly: every second block is positive.
MetricIntervals of_perfect_blocks(std::uint32_t blocks, std::uint64_t rows) {
  ScoreList list;
  std::vector<std::uint32_t> of;
  for (std::uint32_t block = 0; block < blocks; ++block) {
    list.push_back(block % 2 == 0 ? ScoreCount{0, rows, 0} : ScoreCount{1, 0, rows});
    of.push_back(block);
  }
  return metric_intervals(list, flags_at(list, 0.5), blocks_of_entries(list, of));
}

TEST(MetricIntervals, CountBlocksWhereNoRowVaries) {
  const auto once = of_perfect_blocks(60, 1).intervals;
  const auto ten = of_perfect_blocks(60, 10).intervals;
  for (const MetricInfo& metric : kMetrics) {
    expect_interval(ten.at(metric.name), once.at(metric.name).low, once.at(metric.name).high);
  }
  expect_interval(ten.at("auc_roc"), std::pow(0.025, 1.0 / 30), 1);
  EXPECT_LT(ten.at("recall").low, 0.9);
}

TEST(MetricIntervals, OfEqualLossesLeaveOpenWhatOtherRowsWouldHave) {
  // Every row is 0.1 off.
  const MetricIntervals rows = of({{0.1, 40, 0}, {0.9, 0, 20}});
  const double same = std::pow(0.025, 1.0 / 60);
  expect_interval(rows.intervals.at("brier"), 0.01 * same, 0.01 + 0.99 * (1 - same));
  EXPECT_GT(rows.intervals.at("log_loss").high, -std::log(0.9));
  EXPECT_NEAR(rows.intervals.at("log_loss").low, -std::log(0.9) * same, 1e-12);
}

TEST(MetricIntervals, AreNoneBelowFiveBlocks) {
  const MetricIntervals few = of_perfect_blocks(4, 100);
  EXPECT_TRUE(few.few_blocks);
  EXPECT_TRUE(few.design_effects.empty());
  for (const auto& [name, interval] : few.intervals) EXPECT_TRUE(std::isnan(interval.low)) << name;
  EXPECT_FALSE(of_perfect_blocks(5, 100).few_blocks);
}

TEST(MetricIntervals, OfBlocksThatAreAllAlikeAreNotZeroWide) {
  ScoreList list;
  std::vector<std::uint32_t> of;
  for (std::uint32_t block = 0; block < 40; ++block) {
    list.insert(list.end(), {{0.2, 3, 0}, {0.7, 1, 0}, {0.4, 0, 1}, {0.9, 0, 1}});
    of.insert(of.end(), 4, block);
  }
  for (const auto& [name, interval] :
       metric_intervals(list, flags_at(list, 0.5), blocks_of_entries(list, of)).intervals) {
    EXPECT_GT(interval.high - interval.low, 0.1) << name;
  }
}

TEST(MetricIntervals, TakeABlockForATrialWhereFewHaveAny) {
  // All positive rows are one user's, and one half of them are found.
  ScoreList list{{0.4, 0, 50}, {0.9, 0, 50}};
  std::vector<std::uint32_t> of{0, 0};
  for (std::uint32_t block = 1; block < 100; ++block) {
    list.push_back({block % 2 == 0 ? 0.1 : 0.2, 1, 0});
    of.push_back(block);
  }
  const Interval recall = metric_intervals(list, flags_at(list, 0.5), blocks_of_entries(list, of))
                              .intervals.at("recall");
  EXPECT_GT(recall.high - recall.low, 0.8);
}

TEST(MetricIntervals, OfFewRowsInGroupsAreThoseOfKornAndGraubard) {
  // Ten positive rows, two a user: of these both, both, one, one and none are found.
  ScoreList list;
  std::vector<std::uint32_t> of;
  const std::vector<int> found{2, 2, 1, 1, 0};
  for (std::uint32_t user = 0; user < 5; ++user) {
    const auto hits = static_cast<std::uint64_t>(found[user]);
    list.insert(list.end(), {{0.9, 0, hits}, {0.1, 0, 2 - hits}, {0.05, 40, 0}});
    of.insert(of.end(), 3, user);
  }
  const MetricIntervals judged =
      metric_intervals(list, flags_at(list, 0.5), blocks_of_entries(list, of));
  ASSERT_TRUE(judged.exact);
  // Sums about the mean of users: .08, .08, -.02, -.02, -.12, so that the variance is .035; single
  // rows have .024. Degrees of freedom .028^2 / .00029 = 2.70; t(9) = 2.262157.
  const double effect = 0.035 / 0.024;
  const double freedom = 0.028 * 0.028 / 0.0002896;
  EXPECT_NEAR(judged.design_effects.at("recall"), effect, 1e-9);
  const double n = 10 / effect * std::pow(2.262157163 / student_t_of_95(freedom), 2);
  const Interval right = clopper_pearson({0.6 * n, n});
  expect_interval(judged.intervals.at("recall"), right.low, right.high);
}

}  // namespace
}  // namespace rarewood
