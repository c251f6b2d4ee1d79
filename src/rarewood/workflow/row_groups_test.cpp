#include "rarewood/workflow/row_groups.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

using Rows = std::vector<std::uint32_t>;

TEST(BlocksOfRows, RowsOfOneGroupShareABlock) {
  const std::vector<std::uint64_t> key{7, 8, 7, 9, 8};
  const Blocks blocks = blocks_of_rows(key, Rows{0, 1, 2, 3});
  ASSERT_EQ(blocks.of.size(), 4U);
  EXPECT_EQ(blocks.groups, 3U);
  EXPECT_EQ(blocks.of[0], blocks.of[2]);
  EXPECT_NE(blocks.of[0], blocks.of[1]);
}

TEST(BlocksOfRows, AGroupOfOneRowIsARow) {
  const std::vector<std::uint64_t> key{7, 8, 7, 9, 8};
  EXPECT_TRUE(blocks_of_rows(key, Rows{0, 1, 3}).of.empty());
  EXPECT_TRUE(blocks_of_rows({}, Rows{0, 1, 3}).of.empty());
  EXPECT_TRUE(blocks_of_rows(key, Rows{}).of.empty());
}

TEST(KnownGroupColumn, IsTheOneThatRowsWereGroupedBy) {
  TrainingTable table;
  table.keys = {{"user_id", {1, 2}, {}}, {"shop", {3, 3}, {}}, {"region", {4, 4}, {}}};
  TrainRequest request;
  EXPECT_EQ(known_group_column(table, request), "user_id");
  request.audit.entity_column = "shop";
  EXPECT_EQ(known_group_column(table, request), "shop");
  request.split.group_column = "region";
  EXPECT_EQ(known_group_column(table, request), "region");
  EXPECT_EQ(row_groups(table, request).column, "region");
  table.keys.pop_back();
  EXPECT_EQ(known_group_column(table, request), "");
  EXPECT_TRUE(row_groups(table, request).key.empty());
}

}  // namespace
}  // namespace rarewood
