#include "rarewood/explain/one_hot.hpp"

#include <ctime>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

struct Booleans {
  FeatureSchema schema;
  Patterns patterns;

  /// \param holds  whether a pattern is true in a column
  template <typename Holds>
  Booleans(std::size_t columns, std::size_t count, const Holds& holds) {
    patterns.count = count;
    for (std::size_t f = 0; f < columns; ++f) {
      schema.features.push_back({"x_" + std::to_string(f), FeatureKind::boolean, {}});
      patterns.category_counts.push_back(0);
      for (std::size_t p = 0; p < count; ++p) patterns.values.push_back(holds(p, f) ? 1.0F : 0.0F);
    }
  }

  std::vector<OneHotGroup> groups() const { return one_hot_groups(patterns, schema); }
};

TEST(OneHot, groups_end_where_a_row_has_two) {
  // One pattern is true in 0 and in 2.
  const Booleans table(
      4, 5, [](std::size_t p, std::size_t f) { return p == f || (p == 4 && (f == 0 || f == 2)); });
  const auto found = table.groups();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].members, (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(found[1].members, (std::vector<std::size_t>{2, 3}));
  EXPECT_EQ(found[1].levels, (std::vector<std::string>{"2", "3"}));
}

TEST(OneHot, cost_no_more_a_column_where_there_are_many) {
  const Booleans table(1000, 2000, [](std::size_t p, std::size_t f) { return p % 1000 == f; });
  const std::clock_t start = std::clock();
  EXPECT_EQ(table.groups().size(), 1U);
  // Every pair of columns would be 1,000 million values instead of 2 million.
  EXPECT_LT(static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC, 0.25);
}

}  // namespace
}  // namespace rarewood
