#include "rarewood/evaluate/influence.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

/// Many ties, several entries a tie, some without rows of one class.
ScoreList tied_scores() {
  Random random(1, "influence test");
  ScoreList list;
  for (int i = 0; i < 60; ++i) {
    const double score = static_cast<double>(random.below(20)) / 20;
    list.push_back({score, random.below(5), random.below(4) * (random.uniform() < score ? 1 : 0)});
  }
  return list;
}

double total(const Influence& influence, const ScoreList& rows) {
  double sum = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sum += influence.of_negative[i] * static_cast<double>(rows[i].n0) +
           influence.of_positive[i] * static_cast<double>(rows[i].n1);
  }
  return sum;
}

double without(ScoreList rows, std::size_t entry, std::uint64_t ScoreCount::* count,
               double Metrics::* metric) {
  --(rows[entry].*count);
  return compute_metrics(rows, 0.5).*metric;
}

TEST(AveragePrecisionInfluence, IsTheJackknife) {
  const ScoreList rows = tied_scores();
  const Influence influence = average_precision_influence(rows);
  const double scale = std::sqrt(1 - 1 / static_cast<double>(class_totals(rows).rows()));
  // Differences between rows are those of what is left without them.
  double mean = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const auto count : {&ScoreCount::n0, &ScoreCount::n1}) {
      if (rows[i].*count == 0) continue;
      mean += static_cast<double>(rows[i].*count) *
              without(rows, i, count, &Metrics::average_precision) /
              static_cast<double>(class_totals(rows).rows());
    }
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const auto count : {&ScoreCount::n0, &ScoreCount::n1}) {
      if (rows[i].*count == 0) continue;
      const double moved =
          (count == &ScoreCount::n0 ? influence.of_negative : influence.of_positive)[i];
      const double left = without(rows, i, count, &Metrics::average_precision);
      EXPECT_NEAR(moved, scale * (mean - left), 1e-12);
    }
  }
}

TEST(AucInfluence, AddsUpToNothingAndKnowsTies) {
  const ScoreList rows = tied_scores();
  EXPECT_NEAR(total(auc_influence(rows), rows), 0, 1e-9);
  // One score for all: no row moves the AUC from one half.
  const Influence none = auc_influence({{0.3, 90, 10}});
  EXPECT_EQ(none.of_negative[0], 0);
  EXPECT_EQ(none.of_positive[0], 0);
}

TEST(MeanInfluence, IsTheVarianceOfAMean) {
  const ScoreList rows{{0.1, 3, 0}, {0.9, 0, 1}};
  const std::vector<double> loss{1, 5};
  const Spread spread = spread_of(mean_influence(rows, loss, loss), rows, {});
  EXPECT_NEAR(spread.variance, 4.0 / 4, 1e-12);  // variance of {1, 1, 1, 5} is 4
}

TEST(Spread, ByBlocksOfOneRowIsThatOfRows) {
  ScoreList rows;
  std::vector<std::uint32_t> blocks;
  for (const ScoreCount& entry : tied_scores()) {
    rows.insert(rows.end(), entry.n0, {entry.score, 1, 0});
    rows.insert(rows.end(), entry.n1, {entry.score, 0, 1});
  }
  for (std::uint32_t i = 0; i < rows.size(); ++i) blocks.push_back(i);
  const Influence influence = auc_influence(rows);
  const Spread by_row = spread_of(influence, rows, {});
  const Spread by_block = spread_of(influence, rows, blocks_of_entries(rows, blocks));
  const double count = static_cast<double>(rows.size());
  EXPECT_NEAR(by_block.variance, by_row.variance * count / (count - 1), 1e-12);
  EXPECT_NEAR(by_block.effective, by_row.effective, 1e-6);
}

TEST(Spread, OfTwinsInOneBlockIsTwiceThatOfRows) {
  ScoreList rows;
  std::vector<std::uint32_t> blocks;
  Random random(2, "influence test");
  for (std::uint32_t block = 0; block < 400; ++block) {
    const double score = random.uniform();
    const bool positive = random.uniform() < score;
    for (int twin = 0; twin < 2; ++twin) {
      rows.push_back({score, positive ? 0U : 1U, positive ? 1U : 0U});
      blocks.push_back(block);
    }
  }
  EXPECT_NEAR(spread_of(auc_influence(rows), rows, blocks_of_entries(rows, blocks)).design_effect,
              2, 0.02);
}

/// One row a block, the blocks given these ids.
Spread of_five_rows(const std::vector<std::uint32_t>& blocks) {
  const ScoreList rows{{0.1, 1, 0}, {0.2, 1, 0}, {0.3, 0, 1}, {0.4, 1, 0}, {0.9, 0, 1}};
  const std::vector<double> loss{1, -1, 1, -1, 0};
  return spread_of(mean_influence(rows, loss, loss), rows, blocks_of_entries(rows, blocks));
}

TEST(Spread, IsUnknownBelowFiveBlocks) {
  EXPECT_TRUE(std::isnan(of_five_rows({7, 7, 7, 7, 7}).variance));
  EXPECT_TRUE(std::isnan(of_five_rows({0, 1, 2, 3, 3}).variance));
  EXPECT_FALSE(std::isnan(of_five_rows({0, 1, 2, 3, 4}).variance));
}

TEST(Spread, CountsOnlyBlocksThatHaveRows) {
  const Spread near = of_five_rows({0, 1, 2, 3, 4});
  const Spread far = of_five_rows({1000, 17, 2, 333, 4});
  EXPECT_NEAR(far.variance, near.variance, 1e-15);
  EXPECT_NEAR(far.variance, of_five_rows({}).variance * 5 / 4, 1e-15);
}

TEST(Spread, HasFewerDegreesOfFreedomThanBlocks) {
  const ScoreList rows(6, {0.5, 1, 0});
  const std::vector<double> loss{1, -1, 1, -1, 1, -1};
  const std::vector<std::uint32_t> blocks{0, 1, 2, 3, 4, 5};
  EXPECT_EQ(
      spread_of(mean_influence(rows, loss, loss), rows, blocks_of_entries(rows, blocks)).effective,
      5);
}

TEST(Quantile, GrowsWhereFewRowsDecide) {
  EXPECT_NEAR(quantile_of({1, 1e9, 1}), 1.95996, 1e-4);
  EXPECT_NEAR(quantile_of({1, 10, 1}), 2.22814, 1e-4);
  EXPECT_NEAR(quantile_of({1, 1, 1}), 4.30265, 1e-4);  // no less than two degrees of freedom
}

}  // namespace
}  // namespace rarewood
