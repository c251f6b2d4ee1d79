#include "rarewood/model/distinct_rows.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/model/model_for_test.hpp"

namespace rarewood {
namespace {

std::vector<const float*> pointers_to(const Columns& columns) {
  std::vector<const float*> pointers;
  for (const auto& column : columns.values) pointers.push_back(column.data());
  return pointers;
}

TEST(DistinctRows, GroupsEqualRowsInOrderOfFirstMeeting) {
  const float missing = std::nanf("");
  const Columns columns{6, {{1, 1, missing, 1, missing, 2}, {5, 6, 7, 5, 7, 5}}};
  const DistinctRows distinct = distinct_rows(pointers_to(columns), 6, {});
  EXPECT_EQ(distinct.first, (std::vector<std::uint32_t>{0, 1, 2, 5}));
  EXPECT_EQ(distinct.group, (std::vector<std::uint32_t>{0, 1, 2, 0, 2, 3}));
}

TEST(DistinctRows, EveryRowEqualsTheFirstOfItsGroupAndNoOther) {
  ModelForTest made({{3, 2, 4}, 1, 0, {}, 5});
  const Columns columns = made.rows(9000);
  Control control;
  control.threads = 3;
  const DistinctRows distinct = distinct_rows(pointers_to(columns), columns.rows, control);
  EXPECT_EQ(distinct.first.size(), 4U * 3U * 5U);
  for (std::size_t r = 0; r < columns.rows; ++r) {
    const std::uint32_t first = distinct.first[distinct.group[r]];
    EXPECT_LE(first, r);
    for (const auto& column : columns.values) {
      EXPECT_TRUE(column[r] == column[first] || std::isnan(column[r] + column[first]));
    }
  }
}

TEST(DistinctRows, OfNothingAreNone) {
  EXPECT_TRUE(distinct_rows({}, 0, {}).first.empty());
  EXPECT_EQ(distinct_rows({}, 3, {}).first.size(), 1U);
}

}  // namespace
}  // namespace rarewood
