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

std::vector<std::string> named_by(const TrainRequest& request) {
  std::vector<std::string> all;
  for (const NamedGroup& named : named_groups(request)) {
    all.push_back(named.option + " " + named.column);
  }
  return all;
}

TEST(NamedGroups, AreThoseOfTheSplitBeforeThoseOfTheAuditAndEachOnce) {
  using Names = std::vector<std::string>;
  TrainRequest request;
  EXPECT_EQ(named_by(request), Names{});
  EXPECT_EQ(named_group_column(request), "");
  request.audit.entity_column = "user";
  EXPECT_EQ(named_by(request), Names{"--entity-column user"});
  request.split.group_column = "shop";
  EXPECT_EQ(named_by(request), (Names{"--group-column shop", "--entity-column user"}));
  EXPECT_EQ(named_group_column(request), "shop");
  request.split.group_column = "user";
  EXPECT_EQ(named_by(request), Names{"--group-column user"});
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

TEST(GroupColumnOf, IsAnOptionWhereTheModelDoesNotSay) {
  Provenance provenance;
  EXPECT_EQ(group_column_of(provenance), "");
  provenance.options = {{"folds", "5"}, {"group_column", "shop"}};
  EXPECT_EQ(group_column_of(provenance), "shop");
  provenance.group_column = "user_id";
  EXPECT_EQ(group_column_of(provenance), "user_id");
}

}  // namespace
}  // namespace rarewood
