#include "rarewood/audit/shared_groups.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {
namespace {

struct Rows {
  std::vector<std::int64_t> groups;
  std::vector<std::uint8_t> positive;
  std::vector<std::uint32_t> folds;
};

/// Groups of eight rows; each group has its own rate, `low` or `high`.
Rows users(double low, double high) {
  Random random(1, "users");
  Rows rows;
  for (int row = 0; row < 4000; ++row) {
    const int user = row % 500;
    rows.groups.push_back(user);
    rows.positive.push_back(random.uniform() < (user % 2 == 0 ? low : high) ? 1 : 0);
    rows.folds.push_back(random.uniform() < 0.2 ? kTestFold : 0);
  }
  return rows;
}

std::vector<Finding> shared(const Rows& rows) {
  return find_shared_groups({"user", rows.groups, rows.positive, rows.folds});
}

TEST(SharedGroups, AreProvedWhereLabelsOfAGroupAreAlike) {
  const auto found = shared(users(0.02, 0.5));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, FindingLevel::proved);
  EXPECT_EQ(found[0].taxonomy, "L3.2");
  // Between-group variance 0.24^2 over the variance of a label at the mean rate.
  EXPECT_NEAR(found[0].value, 0.0576 / (0.26 * 0.74), 0.05);
  EXPECT_LT(found[0].interval.low, found[0].value);
}

TEST(SharedGroups, AreANoteWhereLabelsAreNotAlike) {
  const auto found = shared(users(0.2, 0.2));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, FindingLevel::note);
  EXPECT_LT(found[0].interval.low, 0.0);
  EXPECT_GT(found[0].interval.high, 0.0);
  EXPECT_LT(found[0].interval.high, 0.05);
  EXPECT_EQ(found[0].remedy.find("Rows of one group are hardly alike"), 0U) << found[0].remedy;
}

TEST(SharedGroups, SayWhereLikenessIsNotShown) {
  Rows rows = users(0.2, 0.2);
  rows.groups.resize(80);
  rows.positive.resize(80);
  rows.folds.resize(80);
  for (std::size_t i = 0; i < rows.groups.size(); ++i) rows.groups[i] = static_cast<int>(i / 8);
  const auto found = shared(rows);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, FindingLevel::note);
  EXPECT_GT(found[0].interval.high, 0.05);
  EXPECT_NE(found[0].remedy.find("not shown either way"), std::string::npos) << found[0].remedy;
}

TEST(SharedGroups, AreNotProvedByOneGroup) {
  Rows rows = users(0.2, 0.2);
  for (std::size_t i = 0; i < rows.groups.size(); ++i) {
    const bool one = i < 1000;
    rows.groups[i] = one ? 0 : static_cast<std::int64_t>(i);
    if (one) rows.positive[i] = 1;
  }
  const auto found = shared(rows);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, FindingLevel::note);
  EXPECT_EQ(found[0].interval.low, -1);
  EXPECT_EQ(found[0].interval.high, 1);
}

TEST(SharedGroups, HaveACorrelationOfOneAtMost) {
  Rows rows = users(0, 1);
  for (std::size_t i = 0; i < rows.groups.size(); ++i) {
    if (rows.groups[i] % 2 == 1 && rows.groups[i] > 250)
      rows.groups[i] += 10'000 + static_cast<int>(i);
  }
  const auto found = shared(rows);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_LE(found[0].value, 1.0);
  EXPECT_EQ(found[0].interval.high, 1.0);
}

TEST(SharedGroups, AreCountedByChanceWhereRowsAreDrawn) {
  Rows rows = users(0.02, 0.5);
  rows.folds.clear();
  const auto found = shared(rows);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].evidence.find("About 799 of 800 test rows"), 0U) << found[0].evidence;
}

TEST(SharedGroups, AreNoneWhereGroupsStayTogether) {
  Rows rows = users(0.02, 0.5);
  for (std::size_t i = 0; i < rows.folds.size(); ++i) {
    rows.folds[i] = rows.groups[i] % 5 == 0 ? kTestFold : 0;
  }
  EXPECT_TRUE(shared(rows).empty());
}

TEST(SharedGroups, AreNotSharedWithRowsOfNeitherPart) {
  Rows rows = users(0.02, 0.5);
  for (std::size_t i = 0; i < rows.folds.size(); ++i) {
    const bool tested = rows.groups[i] % 5 == 0;
    rows.folds[i] = tested ? (i % 3 == 0 ? kLeftOutFold : kTestFold) : 0;
  }
  EXPECT_TRUE(shared(rows).empty());
}

TEST(SharedGroups, AreNoneWhereEachRowIsItsOwn) {
  Rows rows = users(0.02, 0.5);
  for (std::size_t i = 0; i < rows.groups.size(); ++i) {
    rows.groups[i] = static_cast<std::int64_t>(i);
  }
  EXPECT_TRUE(shared(rows).empty());
  rows.folds.clear();
  EXPECT_TRUE(shared(rows).empty());
}

}  // namespace
}  // namespace rarewood
