#include "rarewood/audit/pairs.hpp"

#include <gtest/gtest.h>

#include "rarewood/audit/rows_for_test.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kRows = 2000;

PairSearch pairs(const RowsForTest& rows, std::vector<bool> skip = {}) {
  skip.resize(rows.schema.features.size());
  return find_pairs(AuditedForTest(rows).table, skip, {});
}

RowsForTest exclusive_or() {
  const auto labels = labels_for_test(kRows, 0.2);
  std::vector<float> mask, other;
  Random random(7, "mask");
  for (const std::uint8_t label : labels) {
    mask.push_back(static_cast<float>(random.below(2)));
    other.push_back(mask.back() == 1 ? 1.0F - label : label);
  }
  RowsForTest rows(labels);
  rows.add("mask", mask).add("noise", noise_for_test(kRows, 1)).add("other", other);
  return rows;
}

TEST(Pairs, SeeWhatNeitherColumnTellsAlone) {
  const PairSearch search = pairs(exclusive_or());
  ASSERT_EQ(search.findings.size(), 1U);
  EXPECT_EQ(search.findings[0].column, "mask");
  EXPECT_EQ(search.findings[0].others, std::vector<std::string>{"other"});
  EXPECT_GT(search.findings[0].value, 0.9);
  EXPECT_EQ(search.columns, 3U);
}

TEST(Pairs, SkipColumnsThatAreSettled) {
  const PairSearch search = pairs(exclusive_or(), {true, false, false});
  EXPECT_TRUE(search.findings.empty());
  EXPECT_EQ(search.columns, 2U);
  EXPECT_TRUE(pairs(exclusive_or(), {true, true, true}).findings.empty());
}

TEST(Pairs, SeeWhichOfTwoIsLarger) {
  const auto labels = labels_for_test(kRows, 0.2);
  const std::vector<float> promised = noise_for_test(kRows, 1);
  const std::vector<float> gap = noise_for_test(kRows, 2);
  std::vector<float> arrived;
  for (std::size_t i = 0; i < kRows; ++i) {
    const float way = 0.02F * gap[i] + 0.0001F;
    arrived.push_back(promised[i] + (labels[i] == 1 ? way : -way));
  }
  RowsForTest rows(labels);
  rows.add("promised", promised).add("arrived", arrived);
  const PairSearch search = pairs(rows);
  ASSERT_EQ(search.findings.size(), 1U);
  EXPECT_EQ(search.findings[0].evidence.find("Which is larger of promised and arrived"), 0U);
}

TEST(Pairs, AreNoneWhereTheColumnsTellAsMuchOneByOne) {
  const auto labels = labels_for_test(kRows, 0.2);
  RowsForTest rows(labels);
  rows.add("a", flipped_for_test(labels, 0.05, 1)).add("b", flipped_for_test(labels, 0.05, 2));
  EXPECT_TRUE(pairs(rows).findings.empty());
}

TEST(Pairs, AreNoneAmongColumnsWithoutBearing) {
  RowsForTest rows(labels_for_test(kRows, 0.2));
  for (std::uint64_t i = 0; i < 6; ++i) {
    rows.add("x" + std::to_string(i), noise_for_test(kRows, i));
  }
  EXPECT_TRUE(pairs(rows).findings.empty());
}

}  // namespace
}  // namespace rarewood
