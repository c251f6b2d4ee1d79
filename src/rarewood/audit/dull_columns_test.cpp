#include "rarewood/audit/dull_columns.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/audit/rows_for_test.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kRows = 1000;

TEST(DullColumns, NameWhatIsNearlyConstant) {
  std::vector<float> rare(kRows, 3), gap(kRows, std::nanf("")), half(kRows, 0);
  for (std::size_t i = 0; i < kRows; ++i) {
    if (i % 125 == 0) rare[i] = gap[i] = static_cast<float>(i);
    if (i % 80 == 0) half[i] = 1;
  }
  RowsForTest rows(labels_for_test(kRows, 0.2));
  rows.add("rare", rare).add("gap", gap).add("half", half).add("x", noise_for_test(kRows, 1));
  const auto found = find_near_constant(rows.cells(), rows.schema, {});
  ASSERT_EQ(found.size(), 2U) << "12.5 rows of 1,000 are more than 1 %";
  EXPECT_EQ(found[0].column, "rare");
  EXPECT_EQ(found[0].value, 0.992);
  EXPECT_EQ(found[1].column, "gap");
  EXPECT_EQ(found[0].level, FindingLevel::note);
}

TEST(DullColumns, NameColumnsThatSayTheSame) {
  const std::vector<float> inches = noise_for_test(kRows, 1);
  std::vector<float> cm, code, mask;
  for (std::size_t i = 0; i < kRows; ++i) {
    cm.push_back(inches[i] * 2);  // exact in binary
    code.push_back(static_cast<float>(i % 7));
    mask.push_back(static_cast<float>((i % 7 + 3) * 5 % 7));
  }
  RowsForTest rows(labels_for_test(kRows, 0.2));
  rows.add("inches", inches).add("code", code).add("cm", cm);
  rows.add("name", mask, FeatureKind::category).add("x", noise_for_test(kRows, 2));
  const auto found = find_duplicated(AuditedForTest(rows).table);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].column, "inches");
  EXPECT_EQ(found[0].others, std::vector<std::string>{"cm"});
  EXPECT_EQ(found[1].column, "code");
  EXPECT_EQ(found[1].others, std::vector<std::string>{"name"});
}

}  // namespace
}  // namespace rarewood
