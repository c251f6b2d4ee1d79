#include "rarewood/pattern/order.hpp"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

int compare(const std::vector<float>& a, const std::vector<float>& b) {
  return compare_rows(
      a.size(), [&](std::size_t f) { return a[f]; }, [&](std::size_t f) { return b[f]; });
}

TEST(CompareRows, goes_by_the_first_feature_that_differs_missing_last) {
  constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(compare({1, 5}, {1, 5}), 0);
  EXPECT_EQ(compare({1, 5}, {2, 3}), -1);
  EXPECT_EQ(compare({1, 5}, {1, 3}), 1);
  EXPECT_EQ(compare({kMissing, 5}, {kMissing, 5}), 0);
  EXPECT_EQ(compare({kMissing, 1}, {kMissing, 5}), -1);
  EXPECT_EQ(compare({kMissing}, {9}), 1);
  EXPECT_EQ(compare({9}, {kMissing}), -1);
}

}  // namespace
}  // namespace rarewood
