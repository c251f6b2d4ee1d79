#include "rarewood/evaluate/design_effect.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

using Keys = std::vector<std::uint64_t>;
using Shares = std::vector<std::uint32_t>;

constexpr std::size_t kGroups = 2000;

/// Five rows a group, side by side.
Keys keys_of_five() {
  Keys keys;
  for (std::size_t row = 0; row < 5 * kGroups; ++row) keys.push_back(row / 5);
  return keys;
}

/// One of three shares by lot: for each row, or for each group.
Shares shares_of_five(bool alike) {
  Shares shares;
  for (std::size_t row = 0; row < 5 * kGroups; ++row) {
    Random random(3, "share", alike ? row / 5 : row);
    const double u = random.uniform();
    shares.push_back(u < 0.6 ? 0 : u < 0.95 ? 1 : 2);
  }
  return shares;
}

TEST(WholeGroups, AreEmptyWhereRowsAreAlone) {
  EXPECT_TRUE(whole_groups(Keys{4, 1, 7}).empty());
  EXPECT_TRUE(whole_groups(Keys{}).empty());
  const WholeGroups groups = whole_groups(Keys{4, 1, 4});
  EXPECT_EQ(groups.rows, (std::vector<std::uint32_t>{1, 0, 2}));
  EXPECT_EQ(groups.end, (std::vector<std::size_t>{1, 3}));
}

TEST(DesignEffect, IsTheSizeOfGroupsWhoseRowsAreAlike) {
  const GroupedShares shares =
      grouped_shares(shares_of_five(true), 4, whole_groups(keys_of_five()));
  for (std::size_t s = 0; s < 3; ++s) EXPECT_NEAR(shares.effects[s], 5, 0.01) << s;
  EXPECT_NEAR(shares.together, 5, 0.01);
  EXPECT_DOUBLE_EQ(shares.effects[3], 5) << "no row: each group is one trial";
}

TEST(DesignEffect, IsOneWhereRowsOfAGroupHaveNothingInCommon) {
  const GroupedShares shares =
      grouped_shares(shares_of_five(false), 3, whole_groups(keys_of_five()));
  for (std::size_t s = 0; s < 3; ++s) EXPECT_NEAR(shares.effects[s], 1, 0.1) << s;
  EXPECT_NEAR(shares.together, 1, 0.05);
}

/// Five groups of 1, 2, 3, 2 and 2 rows; by hand: p = 0.4 and the errors of the groups' sums are
/// 0.6, 1.2, -1.2, -0.8 and 0.2, whose squares add up to 3.92; times 5/4 and (2.776/1.96)^2,
/// over 10 x 0.4 x 0.6.
TEST(DesignEffect, IsWhatOneWorksOutByHand) {
  const Keys keys{1, 2, 2, 3, 3, 3, 4, 4, 5, 5};
  const Shares share{1, 1, 1, 0, 0, 0, 0, 0, 1, 0};
  const double expected = 3.92 * 1.25 * (2.776445 * 2.776445) / (1.959964 * 1.959964) / 2.4;
  const GroupedShares shares = grouped_shares(share, 2, whole_groups(keys));
  EXPECT_NEAR(shares.effects[1], expected, 1e-5);
  EXPECT_NEAR(shares.effects[0], expected, 1e-5) << "the other side of the same share";
  EXPECT_NEAR(shares.together, expected, 1e-5);
  EXPECT_EQ(shares.groups, (Keys{3, 3}));
}

TEST(DesignEffect, OfFewGroupsTakesEachForATrial) {
  const Keys keys{1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3, 3};
  const GroupedShares shares =
      grouped_shares(Shares{0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, 2, whole_groups(keys));
  EXPECT_EQ(shares.effects, (std::vector<double>{4, 4}));
  EXPECT_EQ(shares.together, 4);
}

TEST(DesignEffect, LeavesOutRowsThatAreNotAskedAbout) {
  Keys keys = keys_of_five();
  Shares shares = shares_of_five(true);
  const GroupedShares without = grouped_shares(shares, 3, whole_groups(keys));
  for (std::uint64_t row = 0; row < 500; ++row) {
    keys.push_back(row % 7);
    shares.push_back(kNoShare);
  }
  std::reverse(keys.begin(), keys.end());
  std::reverse(shares.begin(), shares.end());
  const GroupedShares with = grouped_shares(shares, 3, whole_groups(keys));
  EXPECT_EQ(with.effects, without.effects);
  EXPECT_EQ(with.together, without.together);
}

}  // namespace
}  // namespace rarewood
