#include "rarewood/evaluate/paired.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

const ScoreList kList{{0.2, 190, 9}, {0.7, 10, 20}};
const ScoreList kBackwards{{0.7, 190, 9}, {0.2, 10, 20}};

Interval auc(const Pair& pair) { return auc_difference(pair).interval; }
Interval average_precision(const Pair& pair) { return average_precision_difference(pair).interval; }
Interval log_loss(const Pair& pair) { return log_loss_difference(pair).interval; }
Interval f1(const Pair& pair) { return figure_difference({}, pair).interval; }

TEST(Difference, OfAModelAndItselfIsNothing) {
  const Flags flags = flags_at(kList, 0.5);
  const Pair same{{kList, flags}, {kList, flags}, {}};
  for (const auto& difference : {auc, average_precision, log_loss}) {
    EXPECT_EQ(difference(same).low, 0);
    EXPECT_EQ(difference(same).high, 0);
  }
  EXPECT_LT(f1(same).low, 0);  // no row differs here: others may
  EXPECT_GT(f1(same).high, 0);
}

TEST(Difference, TurnsItsSignWithTheOrder) {
  const Flags flags = flags_at(kList, 0.5);
  const Flags others = flags_at(kBackwards, 0.5);
  for (const auto& difference : {auc, average_precision, log_loss, f1}) {
    const Interval one = difference({{kList, flags}, {kBackwards, others}, {}});
    const Interval other = difference({{kBackwards, others}, {kList, flags}, {}});
    EXPECT_NEAR(one.low, -other.high, 1e-12);
    EXPECT_NEAR(one.high, -other.low, 1e-12);
    EXPECT_LT(one.low, one.high);
  }
}

TEST(Difference, NeedsTwentyRowsOfBothClasses) {
  for (const std::uint64_t positives : {19, 20}) {
    const ScoreList few{{0.2, 190, 9}, {0.7, 10, positives - 9}};
    const Flags flags = flags_at(few, 0.5);
    const Pair pair{{few, flags}, {few, flags}, {}};
    for (const auto& difference : {auc, average_precision, log_loss, f1}) {
      EXPECT_EQ(std::isnan(difference(pair).low), positives < 20);
    }
  }
}

TEST(Difference, IsAtMostOne) {
  const ScoreList right{{0.2, 30, 1}, {0.7, 1, 20}};
  const ScoreList wrong{{0.7, 30, 1}, {0.2, 1, 20}};
  const Flags flags{0, 1};
  const Flags others{1, 0};
  for (const auto& difference : {auc, average_precision, f1}) {
    EXPECT_LE(difference({{right, flags}, {wrong, others}, {}}).high, 1);
    EXPECT_GE(difference({{wrong, others}, {right, flags}, {}}).low, -1);
  }
}

TEST(Difference, NeedsRowsOfBothClasses) {
  const ScoreList negative{{0.2, 190, 0}, {0.7, 10, 0}};
  const Flags flags = flags_at(negative, 0.5);
  EXPECT_TRUE(std::isnan(auc({{negative, flags}, {negative, flags}, {}}).low));
}

TEST(Difference, OfBlocksThatAreAllAlikeIsNotCertain) {
  ScoreList one;
  ScoreList other;
  std::vector<std::uint32_t> blocks;
  for (std::uint32_t block = 0; block < 40; ++block) {
    one.insert(one.end(), {{0.2, 3, 0}, {0.7, 1, 0}, {0.4, 0, 1}, {0.9, 0, 1}});
    other.insert(other.end(), {{0.3, 3, 0}, {0.5, 1, 0}, {0.6, 0, 1}, {0.9, 0, 1}});
    blocks.insert(blocks.end(), 4, block);
  }
  const Flags flags = flags_at(one, 0.5);
  const Pair pair{{one, flags}, {other, flags_at(other, 0.5)}, blocks_of_entries(one, blocks)};
  EXPECT_TRUE(std::isnan(auc(pair).low));
  EXPECT_TRUE(std::isnan(log_loss(pair).low));
}

TEST(Difference, IsUnknownBelowFiveBlocks) {
  const Flags flags = flags_at(kList, 0.5);
  const Flags others = flags_at(kBackwards, 0.5);
  const EntryBlocks blocks = blocks_of_entries(kList, std::vector<std::uint32_t>{3, 8});
  for (const auto& difference : {auc, average_precision, log_loss, f1}) {
    EXPECT_TRUE(std::isnan(difference({{kList, flags}, {kBackwards, others}, blocks}).low));
  }
}

TEST(Difference, HasItsChanceWhereItsIntervalEnds) {
  // Shrink the difference until 0 is an end of the interval: then the chance is one in twenty.
  ScoreList one = kList;
  one.push_back({0.5, 30, 10});
  for (const double cost : {1.0, 3.0, 10.0}) {
    const ThresholdRule rule{ThresholdRule::Kind::cost, 0, {1, cost}, "cost"};
    const Flags flags{0, 1, 1};
    const Flags others{0, 1, 0};
    const DifferenceTest test = figure_difference(rule, {{one, flags}, {one, others}, {}});
    EXPECT_EQ(test.chance < 0.05, test.interval.low > 0 || test.interval.high < 0) << cost;
    const double difference = (30 - 10 * cost) / 269;
    EXPECT_NEAR((test.interval.low + test.interval.high) / 2, difference, 1e-12);
  }
}

TEST(Difference, OfRowsWithTheirOwnCosts) {
  // As single rows and, where cost and score are the same, folded.
  ScoreList single;
  ScoreList folded;
  for (int i = 0; i < 40; ++i) {
    const double score = i % 2 == 0 ? 0.3 : 0.6;
    const double cost = 1 + i % 4;
    for (int copy = 0; copy < 3; ++copy) single.push_back({score, 0, 1, cost});
    folded.push_back({score, 0, 3, cost});
    single.push_back({score, 1, 0, 2});
    folded.push_back({score, 1, 0, 2});
  }
  DecisionCosts costs;
  costs.own_false_negative = true;
  costs.own_false_positive = true;
  const ThresholdRule rule{ThresholdRule::Kind::cost, 0, costs, "cost"};
  const auto tested = [&](const ScoreList& list) {
    const Flags flags = flags_at(list, 0.5);
    const Flags none(list.size(), 0);
    return figure_difference(rule, {{list, flags}, {list, none}, {}});
  };
  // Flagged are the odd ones: 20 false alarms of 2, 60 misses of 2 or 4 saved; of 160 rows.
  EXPECT_NEAR((tested(single).interval.low + tested(single).interval.high) / 2,
              (20 * 2.0 - 60 * 3.0) / 160, 1e-12);
  EXPECT_NEAR(tested(single).interval.low, tested(folded).interval.low, 1e-12);
  EXPECT_NEAR(tested(single).chance, tested(folded).chance, 1e-12);
}

}  // namespace
}  // namespace rarewood
