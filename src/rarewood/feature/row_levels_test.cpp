#include "rarewood/feature/row_levels.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

using Names = std::vector<std::string>;
constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

RowLevels of_numbers(const std::vector<float>& values, const std::vector<std::uint64_t>& rows) {
  return feature_levels({.name = "n", .kind = FeatureKind::number}, values, rows);
}

TEST(FeatureLevels, KeepFewNumbersApartAndMissingLast) {
  const RowLevels levels = of_numbers({3, kNone, 1, 3}, {1, 1, 1, 1});
  EXPECT_EQ(levels.names, (Names{"1", "3", "missing"}));
  EXPECT_EQ(levels.of, (std::vector<std::uint32_t>{1, 2, 0, 1}));
}

TEST(FeatureLevels, CutManyNumbersIntoRangesOfAboutEqualRows) {
  std::vector<float> values;
  std::vector<std::uint64_t> rows;
  for (int i = 0; i < 100; ++i) {
    values.push_back(static_cast<float>(i));
    rows.push_back(i == 0 ? 300 : 7);  // the first value alone holds nearly a third of all rows
  }
  EXPECT_EQ(of_numbers(values, rows).names,
            (Names{"0", "1 to 14", "15 to 43", "44 to 71", "72 to 99"}));
}

TEST(FeatureLevels, NameCategoriesAndBooleans) {
  const Feature colour{"colour", FeatureKind::category, {"blue", "red"}};
  EXPECT_EQ(feature_levels(colour, {1, 0, kNone}, {1, 1, 1}).names,
            (Names{"blue", "red", "missing"}));
  const Feature flag{"flag", FeatureKind::boolean, {}};
  EXPECT_EQ(feature_levels(flag, {1, 0}, {1, 1}).names, (Names{"false", "true"}));
}

TEST(FeatureLevels, PoolTheRarestOfManyCategories) {
  Feature city{"city", FeatureKind::category, {}};
  std::vector<float> values;
  std::vector<std::uint64_t> rows;
  for (int i = 0; i < 40; ++i) {
    city.categories.push_back("c" + std::to_string(100 + i));
    values.push_back(static_cast<float>(i));
    rows.push_back(static_cast<std::uint64_t>(i + 1));
  }
  const RowLevels levels = feature_levels(city, values, rows);
  EXPECT_EQ(levels.names.size(), 20U);
  EXPECT_EQ(levels.names.front(), "c121");  // the nineteen most frequent, then the others
  EXPECT_EQ(levels.names.back(), "others");
}

TEST(TimeLevels, AreWeeksOrTheShortestPeriodThatIsNotTooShort) {
  constexpr std::int64_t kDay = 86400;
  constexpr std::int64_t kMonday = 20458 * kDay;  // 2026-01-05
  const auto of = [](std::int64_t days) {
    return time_levels(
        {"t", {kMonday, kMonday + 7 * kDay - 1, kMonday + 7 * kDay, kMonday + days * kDay}, {}});
  };
  EXPECT_EQ(of(7).column, "week of t");
  EXPECT_EQ(of(7).names, (Names{"2026-01-05", "2026-01-12"}));
  EXPECT_EQ(of(7).of, (std::vector<std::uint32_t>{0, 0, 1, 1}));
  RowKeys months{"t", {}, {}};
  for (int week = 0; week < 40; ++week) months.values.push_back(kMonday + week * 7 * kDay);
  EXPECT_EQ(time_levels(months).column, "month of t");
  EXPECT_EQ(time_levels(months).names.front(), "2026-01");
}

}  // namespace
}  // namespace rarewood
