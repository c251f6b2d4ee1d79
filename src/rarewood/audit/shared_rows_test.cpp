#include "rarewood/audit/shared_rows.hpp"

#include <gtest/gtest.h>

#include "rarewood/audit/rows_for_test.hpp"

namespace rarewood {
namespace {

/// Rows whose last `copies` are copies of the first ones.
RowsForTest with_copies(std::size_t rows, std::size_t copies, int grid) {
  RowsForTest table(labels_for_test(rows, 0.2));
  for (const std::uint64_t index : {1U, 2U, 3U}) {
    std::vector<float> values = noise_for_test(rows, index);
    for (float& value : values) {
      if (grid > 0) value = static_cast<float>(static_cast<int>(value * static_cast<float>(grid)));
    }
    for (std::size_t i = 0; i < copies; ++i) values[rows - copies + i] = values[i];
    table.add("x" + std::to_string(index), values);
  }
  return table;
}

std::vector<Finding> shared(const RowsForTest& rows) {
  return find_shared_rows(AuditedForTest(rows).table);
}

TEST(SharedRows, AreProvedWhereManyRowsAreCopies) {
  const auto found = shared(with_copies(1200, 300, 0));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, FindingLevel::proved);
  EXPECT_EQ(found[0].taxonomy, "L1.4");
  EXPECT_GT(found[0].interval.low, 0.01);
}

TEST(SharedRows, AreANoteWhereFewAre) {
  const auto found = shared(with_copies(1200, 8, 0));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].level, FindingLevel::note);
}

TEST(SharedRows, AreNaturalWhereColumnsTakeFewValues) {
  EXPECT_TRUE(shared(with_copies(1200, 300, 6)).empty());
  EXPECT_TRUE(shared(with_copies(1200, 0, 0)).empty());
}

}  // namespace
}  // namespace rarewood
