#include "rarewood/evaluate/bootstrap.hpp"

#include <cmath>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

/// Scores of `rows` rows, each its own entry; positives score higher by about 0.2.
ScoreList drawn_rows(Random& random, int rows, double base_rate) {
  ScoreList list;
  for (int i = 0; i < rows; ++i) {
    const bool positive = random.uniform() < base_rate;
    const double score = 0.7 * random.uniform() + (positive ? 0.3 * random.uniform() : 0);
    list.push_back({score, positive ? 0U : 1U, positive ? 1U : 0U});
  }
  return list;
}

using Intervals = std::map<std::string, Interval>;

Intervals percentile_intervals(const MetricDraws& draws) {
  Intervals intervals;
  for (const MetricInfo& metric : kMetrics) {
    std::vector<double> values;
    for (const Metrics& metrics : draws) values.push_back(metrics.*metric.value);
    intervals[metric.name] = percentile_interval(std::move(values));
  }
  return intervals;
}

Intervals intervals_of(const ScoreList& list, const BootstrapPlan& plan, int threads = 1) {
  Control control;
  control.threads = threads;
  return percentile_intervals(
      bootstrap(list, {Ranking(list, flags_at(list, 0.5))}, {}, plan, control)[0]);
}

TEST(Bootstrap, IsTheSameForAnyNumberOfThreads) {
  Random random(1, "bootstrap test");
  const ScoreList list = drawn_rows(random, 400, 0.2);
  const auto one = intervals_of(list, {200, 42}, 1);
  const auto three = intervals_of(list, {200, 42}, 3);
  const auto other_seed = intervals_of(list, {200, 43}, 1);
  for (const MetricInfo& metric : kMetrics) {
    EXPECT_EQ(one.at(metric.name).low, three.at(metric.name).low);
    EXPECT_EQ(one.at(metric.name).high, three.at(metric.name).high);
  }
  EXPECT_NE(one.at("auc_roc").low, other_seed.at("auc_roc").low);
}

TEST(Bootstrap, ContainsTheTruthAboutNineteenTimesInTwenty) {
  Random random(2, "bootstrap test");
  Random many(3, "bootstrap test");
  const ScoreList huge = drawn_rows(many, 400000, 0.1);
  const Metrics truth = compute_metrics(huge, 0.5);
  std::map<std::string, int> hits;
  constexpr int kRounds = 300;
  for (int round = 0; round < kRounds; ++round) {
    const auto intervals = intervals_of(drawn_rows(random, 500, 0.1), {200, 42});
    for (const MetricInfo& metric : kMetrics) {
      const Interval interval = intervals.at(metric.name);
      const double value = truth.*metric.value;
      hits[metric.name] += interval.low <= value && value <= interval.high;
    }
  }
  for (const MetricInfo& metric : kMetrics) {
    EXPECT_GE(hits[metric.name], 0.90 * kRounds) << metric.name;
    EXPECT_LE(hits[metric.name], 0.99 * kRounds) << metric.name;
  }
}

TEST(Bootstrap, OfFoldedRowsHasTheLawOfSingleRows) {
  // A score of 0.3 with 900 + 100 rows, once as one entry and once row by row.
  const ScoreList folded{{0.3, 900, 100}, {0.6, 40, 60}};
  ScoreList single;
  for (const ScoreCount& entry : folded) {
    single.insert(single.end(), entry.n0, {entry.score, 1, 0});
    single.insert(single.end(), entry.n1, {entry.score, 0, 1});
  }
  const auto of_folded = intervals_of(folded, {4000, 42});
  const auto of_single = intervals_of(single, {4000, 42});
  for (const MetricInfo& metric : kMetrics) {
    const Interval a = of_folded.at(metric.name);
    const Interval b = of_single.at(metric.name);
    EXPECT_NEAR(a.low, b.low, 0.1 * (b.high - b.low)) << metric.name;
    EXPECT_NEAR(a.high, b.high, 0.1 * (b.high - b.low)) << metric.name;
  }
}

TEST(Bootstrap, LeavesOutDrawsWithoutAClass) {
  const ScoreList list{{0.2, 50, 0}, {0.7, 3, 1}};
  const auto draws = bootstrap(list, {Ranking(list, flags_at(list, 0.5))}, {}, {1000, 42}, {})[0];
  EXPECT_NEAR(static_cast<double>(draws.size()), 1000 * (1 - std::exp(-1.0)), 80);
  for (const Metrics& metrics : draws) EXPECT_FALSE(std::isnan(metrics.auc_roc));
}

TEST(PercentileInterval, LiesBetweenNeighboursAsNumpyPutsIt) {
  const Interval interval = percentile_interval({4, 1, 3, 2, 5});
  EXPECT_DOUBLE_EQ(interval.low, 1.1);
  EXPECT_DOUBLE_EQ(interval.high, 4.9);
  EXPECT_TRUE(std::isnan(percentile_interval({}).low));
}

}  // namespace
}  // namespace rarewood
