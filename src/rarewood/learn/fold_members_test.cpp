#include "rarewood/learn/fold_members.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

/// A tree that splits one column at 0.5.
void add_tree(Ensemble& ensemble, float low, float high) {
  const auto at = static_cast<std::uint32_t>(ensemble.nodes.size());
  ensemble.roots.push_back(at);
  Node split;
  split.feature = 0;
  split.value = 0.5F;
  split.left = at + 1;
  split.right = at + 2;
  ensemble.nodes.push_back(split);
  for (const float value : {low, high}) {
    Node leaf;
    leaf.value = value;
    ensemble.nodes.push_back(leaf);
  }
}

ScoreSpread spread_of(const Ensemble& ensemble, std::uint32_t low_rows, std::uint32_t high_rows) {
  const std::vector<float> column{0, 1};
  return score_spread(ensemble, {column.data()},
                      {{.pattern = 0, .n0 = low_rows}, {.pattern = 1, .n0 = high_rows}});
}

TEST(FoldMembers, trees_that_agree_do_not_spread_scores) {
  Ensemble ensemble;
  for (int t = 0; t < 4; ++t) add_tree(ensemble, 0.25F, 0.75F);
  const ScoreSpread spread = spread_of(ensemble, 10, 10);
  EXPECT_EQ(spread.by_tree, 0);
  EXPECT_DOUBLE_EQ(spread.by_row, 0.0625);
  EXPECT_EQ(members_for(spread, 25, 100), 25);
}

TEST(FoldMembers, rows_count_as_often_as_they_are) {
  Ensemble ensemble;
  for (int t = 0; t < 4; ++t) add_tree(ensemble, 0, 1);
  EXPECT_DOUBLE_EQ(spread_of(ensemble, 90, 10).by_row, 0.09);
}

TEST(FoldMembers, chance_of_trees_is_told_from_what_rows_differ_by) {
  Ensemble ensemble;  // rows differ by nothing; half of the trees say 0, half 1
  for (int t = 0; t < 10; ++t) add_tree(ensemble, t % 2 == 0 ? 0 : 1, t % 2 == 0 ? 0 : 1);
  const ScoreSpread spread = spread_of(ensemble, 10, 10);
  EXPECT_DOUBLE_EQ(spread.by_tree, 0.25 * 10 / 9);
  EXPECT_EQ(spread.by_row, 0);
  EXPECT_EQ(members_for(spread, 25, 100), 100);  // 100 / 1.01, rounded up
}

TEST(FoldMembers, as_many_as_keep_the_spread_to_a_hundredth) {
  // 0.04 / m <= 0.04 / 400 + 0.01 * (0.01 + 0.04 / 400)
  EXPECT_EQ(members_for({0.04, 0.01}, 25, 400), 200);
  EXPECT_EQ(members_for({0.04, 0.01}, 25, 100), 80);
  EXPECT_EQ(members_for({0.04, 0.01}, 25, 10), 10);
  EXPECT_EQ(members_for({0, 0}, 25, 100), 25);
}

}  // namespace
}  // namespace rarewood
