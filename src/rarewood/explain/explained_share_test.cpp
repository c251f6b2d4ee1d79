#include "rarewood/explain/explained_share.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(ExplainedShare, IsTheAdjustedMutualInformation) {
  // scikit-learn 1.9: (mutual_info_score - expected_mutual_information) / (entropy - the same)
  EXPECT_NEAR(explained_share(std::vector<ClassTotals>{{90, 10}, {20, 30}, {8, 2}, {0, 5}}),
              0.2658006844399714, 1e-12);
}

TEST(ExplainedShare, OfPureGroupsIsAllHoweverManyTheyAre) {
  std::vector<ClassTotals> groups;
  for (int g = 0; g < 200; ++g) {
    const bool rare = g % 10 == 0;
    groups.push_back({rare ? 0U : 3U, rare ? 3U : 0U});
  }
  EXPECT_DOUBLE_EQ(explained_share(groups), 1);
}

TEST(ExplainedShare, OfSingleRowsIsNone) {
  std::vector<ClassTotals> groups;
  for (int g = 0; g < 500; ++g) groups.push_back({g % 2 == 0 ? 1U : 0U, g % 2 == 0 ? 0U : 1U});
  EXPECT_EQ(explained_share(groups), 0);
}

TEST(ExplainedShare, OfOneClassOrOneGroupIsNone) {
  EXPECT_EQ(explained_share(std::vector<ClassTotals>{{5, 0}, {7, 0}}), 0);
  EXPECT_EQ(explained_share(std::vector<ClassTotals>{{500, 70}}), 0);
  EXPECT_EQ(explained_share({}), 0);
}

/// Groups of one size, whose positive rows are by turns that many more and fewer than usual.
std::vector<ClassTotals> uneven(int groups, std::uint64_t rows, std::uint64_t by) {
  std::vector<ClassTotals> made;
  for (int g = 0; g < groups; ++g) {
    const std::uint64_t n1 = g % 2 == 0 ? rows / 10 + by : rows / 10 - by;
    made.push_back({rows - n1, n1});
  }
  return made;
}

TEST(ExplainedShare, IsTestedAtFivePercent) {
  // Likelihood ratios 3.2 and 4.4 of 1 degree of freedom (3.84), 41.0 and 53.7 of 29 (42.6).
  EXPECT_EQ(explained_share(uneven(2, 1000, 12)), 0);
  EXPECT_GT(explained_share(uneven(2, 1000, 14)), 0);
  EXPECT_EQ(explained_share(uneven(30, 400, 7)), 0);
  EXPECT_GT(explained_share(uneven(30, 400, 8)), 0);
}

TEST(ExplainedShare, OfRatesThatDifferByChanceIsNone) {
  EXPECT_EQ(explained_share(std::vector<ClassTotals>{{900, 100}, {905, 95}, {0, 0}}), 0);
  EXPECT_GT(explained_share(std::vector<ClassTotals>{{900, 100}, {935, 65}}), 0);
}

}  // namespace
}  // namespace rarewood
