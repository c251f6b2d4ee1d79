#include "rarewood/evaluate/paired.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

const ScoreList kList{{0.2, 190, 9}, {0.7, 10, 20}};
const ScoreList kBackwards{{0.7, 190, 9}, {0.2, 10, 20}};

TEST(Difference, OfAModelAndItselfIsNothing) {
  const Flags flags = flags_at(kList, 0.5);
  const Pair same{{kList, flags}, {kList, flags}, {}};
  for (const auto& difference :
       {auc_difference, average_precision_difference, log_loss_difference}) {
    EXPECT_EQ(difference(same).low, 0);
    EXPECT_EQ(difference(same).high, 0);
  }
  EXPECT_LT(f1_difference(same).low, 0);  // no row differs here: others may
  EXPECT_GT(f1_difference(same).high, 0);
}

TEST(Difference, TurnsItsSignWithTheOrder) {
  const Flags flags = flags_at(kList, 0.5);
  const Flags others = flags_at(kBackwards, 0.5);
  for (const auto& difference :
       {auc_difference, average_precision_difference, log_loss_difference, f1_difference}) {
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
    for (const auto& difference :
         {auc_difference, average_precision_difference, log_loss_difference, f1_difference}) {
      EXPECT_EQ(std::isnan(difference(pair).low), positives < 20);
    }
  }
}

TEST(Difference, IsAtMostOne) {
  const ScoreList right{{0.2, 30, 1}, {0.7, 1, 20}};
  const ScoreList wrong{{0.7, 30, 1}, {0.2, 1, 20}};
  const Flags flags{0, 1};
  const Flags others{1, 0};
  for (const auto& difference : {auc_difference, average_precision_difference, f1_difference}) {
    EXPECT_LE(difference({{right, flags}, {wrong, others}, {}}).high, 1);
    EXPECT_GE(difference({{wrong, others}, {right, flags}, {}}).low, -1);
  }
}

TEST(Difference, NeedsRowsOfBothClasses) {
  const ScoreList negative{{0.2, 190, 0}, {0.7, 10, 0}};
  const Flags flags = flags_at(negative, 0.5);
  EXPECT_TRUE(std::isnan(auc_difference({{negative, flags}, {negative, flags}, {}}).low));
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
  const Pair pair{{one, flags}, {other, flags_at(other, 0.5)}, blocks};
  EXPECT_TRUE(std::isnan(auc_difference(pair).low));
  EXPECT_TRUE(std::isnan(log_loss_difference(pair).low));
}

TEST(Difference, IsUnknownBelowFiveBlocks) {
  const Flags flags = flags_at(kList, 0.5);
  const Flags others = flags_at(kBackwards, 0.5);
  const std::vector<std::uint32_t> blocks{3, 8};
  for (const auto& difference :
       {auc_difference, average_precision_difference, log_loss_difference, f1_difference}) {
    EXPECT_TRUE(std::isnan(difference({{kList, flags}, {kBackwards, others}, blocks}).low));
  }
}

}  // namespace
}  // namespace rarewood
