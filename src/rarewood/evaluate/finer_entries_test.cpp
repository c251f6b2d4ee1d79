#include "rarewood/evaluate/finer_entries.hpp"

#include <gtest/gtest.h>

#include "rarewood/evaluate/blocks.hpp"
#include "rarewood/evaluate/interval.hpp"

namespace rarewood {
namespace {

using Parts = std::vector<EntryBlocks::Part>;

TEST(FinerEntries, HaveOneLevelEach) {
  const std::vector<std::uint32_t> entry{0, 1, 0, 0, 1};
  const std::vector<std::uint8_t> positive{1, 0, 0, 1, 0};
  const std::vector<std::uint32_t> block{4, 0, 4, 2, 0};
  const std::vector<std::uint32_t> level{1, 0, 1, 0, 0};
  const FinerEntries finer = finer_entries({entry, positive, block}, level);
  EXPECT_EQ(finer.of, (std::vector<std::uint32_t>{0, 0, 1}));
  EXPECT_EQ(finer.level, (std::vector<std::uint32_t>{0, 1, 0}));
  EXPECT_EQ(finer.n0, (std::vector<std::uint64_t>{0, 1, 2}));
  EXPECT_EQ(finer.n1, (std::vector<std::uint64_t>{1, 1, 0}));
  EXPECT_EQ(finer.blocks.parts, (Parts{{2, 2, 0}, {0, 0, 1}, {1, 1, 1}}));
  EXPECT_EQ(finer.blocks.end, (std::vector<std::size_t>{1, 2, 3}));
  EXPECT_TRUE(finer_entries({entry, positive, {}}, level).blocks.empty());
}

TEST(FinerEntries, SayTheSameOfTheSameRows) {
  const Contestant whole{"model", "", "test", {{0.2, 30, 10}, {0.7, 10, 30}}, {0, 1}};
  std::vector<std::uint32_t> entry;
  std::vector<std::uint8_t> positive;
  std::vector<std::uint32_t> level;
  for (std::uint32_t row = 0; row < 80; ++row) {
    entry.push_back(row / 40);
    positive.push_back((row % 40 < 10) == (row < 40) ? 1 : 0);
    level.push_back(row % 8);
  }
  const Contestant cut = cut_finer(whole, finer_entries({entry, positive, {}}, level));
  EXPECT_EQ(cut.probabilities.size(), 16U);
  EXPECT_EQ(compute_metrics(cut.probabilities, cut.flags).auc_roc,
            compute_metrics(whole.probabilities, whole.flags).auc_roc);
  const auto rows = metric_intervals(whole.probabilities, whole.flags, {});
  const auto same = metric_intervals(cut.probabilities, cut.flags, {});
  EXPECT_NEAR(same.intervals.at("auc_roc").low, rows.intervals.at("auc_roc").low, 1e-12);
}

TEST(Blocks, KeepGroupsWhole) {
  std::vector<std::uint64_t> keys;
  for (std::uint64_t row = 0; row < 9000; ++row)
    keys.push_back((row % 3000) * 0x9E3779B97F4A7C15ULL);
  const Blocks blocks = blocks_of(keys);
  EXPECT_EQ(blocks.groups, 3000U);
  for (std::size_t row = 0; row < 6000; ++row) {
    ASSERT_EQ(blocks.of[row], blocks.of[row + 3000]);
    ASSERT_LT(blocks.of[row], 1024U);
  }
}

TEST(Blocks, TooFewAreSaid) {
  EXPECT_NE(few_groups_warning(4, "user").find("no figure has an interval"), std::string::npos);
  EXPECT_NE(few_groups_warning(29, "user").find("uncertain themselves"), std::string::npos);
  EXPECT_EQ(few_groups_warning(30, "user"), "");
}

}  // namespace
}  // namespace rarewood
