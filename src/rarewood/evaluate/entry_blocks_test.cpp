#include "rarewood/evaluate/entry_blocks.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/interval.hpp"

namespace rarewood {
namespace {

using Parts = std::vector<EntryBlocks::Part>;
using Ids = std::vector<std::uint32_t>;

TEST(EntryBlocks, HoldTheRowsOfEachBlock) {
  const Ids entry{0, 0, 0, 1, 1, 1};
  const std::vector<std::uint8_t> positive{1, 0, 1, 0, 0, 1};
  const Ids block{4, 4, 900, 0, 0, 4};
  const EntryBlocks blocks = entry_blocks(entry, positive, block);
  ASSERT_EQ(blocks.blocks(), 3U);
  const auto parts = [&](std::size_t b) {
    return Parts(blocks.of_block(b).begin(), blocks.of_block(b).end());
  };
  EXPECT_EQ(parts(0), (Parts{{1, 2, 0}}));
  EXPECT_EQ(parts(1), (Parts{{0, 1, 1}, {1, 0, 1}}));
  EXPECT_EQ(parts(2), (Parts{{0, 0, 1}}));
  EXPECT_TRUE(entry_blocks(entry, positive, {}).empty());
}

TEST(EntryBlocks, OfWholeEntriesLeaveOutThoseWithoutRows) {
  const ScoreList list{{0.1, 3, 0}, {0.2, 0, 0}, {0.3, 0, 2}};
  const EntryBlocks blocks = blocks_of_entries(list, Ids{7, 8, 2});
  EXPECT_EQ(blocks.parts, (Parts{{2, 0, 2}, {0, 3, 0}}));
  EXPECT_EQ(blocks.blocks(), 2U);
  EXPECT_TRUE(blocks_of_entries(list, {}).empty());
}

TEST(EntryBlocks, AreCountedWhereTheyHaveSuchRows) {
  const EntryBlocks blocks{{{0, 1, 0}, {1, 0, 2}, {1, 3, 0}}, {2, 3}};
  EXPECT_EQ(blocks_with([](std::size_t, bool positive) { return positive; }, blocks), 1U);
  EXPECT_EQ(blocks_with([](std::size_t entry, bool) { return entry == 1; }, blocks), 2U);
  EXPECT_EQ(blocks_with([](std::size_t, bool) { return true; }, {}), 0U);
}

// Entries whose rows lie in many blocks say the same as an entry for each row.
TEST(EntryBlocks, MakeIntervalsAsRowByRow) {
  Random random(5, "entry blocks test");
  ScoreList counted;
  for (int i = 0; i < 20; ++i) counted.push_back({(i + 0.5) / 20, 0, 0});
  ScoreList rows;
  Ids entry;
  std::vector<std::uint8_t> positive;
  Ids block;
  for (std::uint32_t row = 0; row < 3000; ++row) {
    const auto at = static_cast<std::uint32_t>(random.below(20));
    const bool is_positive = random.uniform() < counted[at].score * counted[at].score;
    ++(is_positive ? counted[at].n1 : counted[at].n0);
    rows.push_back({counted[at].score, is_positive ? 0U : 1U, is_positive ? 1U : 0U});
    entry.push_back(at);
    positive.push_back(is_positive ? 1 : 0);
    block.push_back(static_cast<std::uint32_t>(random.below(300)));
  }
  const auto by_entry =
      metric_intervals(counted, flags_at(counted, 0.5), entry_blocks(entry, positive, block));
  const auto by_row = metric_intervals(rows, flags_at(rows, 0.5), blocks_of_entries(rows, block));
  for (const MetricInfo& metric : kMetrics) {
    EXPECT_NEAR(by_entry.intervals.at(metric.name).low, by_row.intervals.at(metric.name).low, 1e-10)
        << metric.name;
  }
  EXPECT_NEAR(by_entry.design_effects.at("auc_roc"), by_row.design_effects.at("auc_roc"), 1e-9);
}

}  // namespace
}  // namespace rarewood
