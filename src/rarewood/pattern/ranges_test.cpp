#include "rarewood/pattern/ranges.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

using Places = std::vector<std::size_t>;

TEST(EqualRanges, HoldAboutEquallyManyRows) {
  const std::vector<std::uint64_t> rows(100, 7);
  EXPECT_EQ(equal_ranges(rows, 4), (Places{24, 49, 74, 99}));
  EXPECT_EQ(equal_ranges(rows, 1), (Places{99}));
  EXPECT_TRUE(equal_ranges({}, 4).empty());
}

TEST(EqualRanges, DoNotCutAValueInTwo) {
  const std::vector<std::uint64_t> rows{90, 1, 2, 3, 4};
  EXPECT_EQ(equal_ranges(rows, 3), (Places{0, 3, 4})) << "the rest is shared out anew";
}

}  // namespace
}  // namespace rarewood
