#include "rarewood/explain/value_rates.hpp"

#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "rarewood/pattern/count.hpp"

namespace rarewood {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

struct Table {
  FeatureSchema schema;
  Columns columns;
  std::vector<std::uint8_t> positive;

  void add_column(const Feature& feature, const std::vector<float>& values) {
    schema.features.push_back(feature);
    columns.values.push_back(values);
    columns.rows = values.size();
  }

  std::vector<ColumnProfile> profiles() const {
    return profile_columns(count_cells(columns, schema, positive, {}, Control{}), schema,
                           Control{});
  }
};

TEST(ValueRates, count_each_number_and_missing_rows) {
  Table table;
  table.positive = {1, 0, 0, 0, 1, 1};
  table.add_column({"pages", FeatureKind::number, {}}, {3, 1, 1, kMissing, 3, kMissing});
  const ColumnProfile profile = table.profiles().at(0);
  ASSERT_EQ(profile.values.size(), 3U);
  EXPECT_EQ(profile.values[0].value, "1");
  EXPECT_EQ(profile.values[0].rows, (ClassTotals{2, 0}));
  EXPECT_EQ(profile.values[1].value, "3");
  EXPECT_DOUBLE_EQ(profile.values[1].rate, 1);
  EXPECT_DOUBLE_EQ(profile.values[1].lift, 2);
  EXPECT_EQ(profile.values[2].value, "missing");
  EXPECT_EQ(profile.missing, 2U);
  EXPECT_EQ(profile.distinct, 2U);
  EXPECT_EQ(profile.low + profile.median + profile.high, "113");
}

TEST(ValueRates, cut_many_numbers_into_ranges_of_equal_rows) {
  Table table;
  std::vector<float> values;
  for (int i = 0; i < 1000; ++i) {
    values.push_back(static_cast<float>(i));
    table.positive.push_back(i >= 900);
  }
  table.add_column({"x", FeatureKind::number, {}}, values);
  const ColumnProfile profile = table.profiles().at(0);
  ASSERT_EQ(profile.values.size(), 10U);
  for (const ValueRate& each : profile.values) EXPECT_EQ(each.rows.rows(), 100U);
  EXPECT_EQ(profile.values[9].value, "900 to 999");
  EXPECT_EQ(profile.values[9].rows.n1, 100U);
  EXPECT_DOUBLE_EQ(profile.explained, 1);  // all of the uncertainty is gone
}

TEST(ValueRates, pool_the_rarest_levels) {
  Table table;
  Feature feature{"source", FeatureKind::category, {}};
  std::vector<float> values;
  for (int level = 0; level < 30; ++level) {
    feature.categories.push_back(std::string(1, static_cast<char>('a' + level)));
    for (int i = 0; i <= level; ++i) {
      values.push_back(static_cast<float>(level));
      table.positive.push_back(i == 0);
    }
  }
  table.add_column(feature, values);
  const ColumnProfile profile = table.profiles().at(0);
  ASSERT_EQ(profile.values.size(), 21U);
  EXPECT_EQ(profile.values[0].value, feature.categories[10]);
  EXPECT_EQ(profile.values[20].value, "10 others");
  EXPECT_EQ(profile.values[20].rows, (ClassTotals{45, 10}));
}

TEST(ValueRates, explain_by_all_levels_also_by_those_shown_together) {
  Table table;
  Feature feature{"code", FeatureKind::category, {}};
  std::vector<float> values;
  for (int level = 0; level < 200; ++level) {
    feature.categories.push_back("c" + std::to_string(level));
    for (int i = 0; i < 5; ++i) {
      values.push_back(static_cast<float>(level));
      table.positive.push_back(level % 10 == 0);
    }
  }
  table.add_column(feature, values);
  const ColumnProfile profile = table.profiles().at(0);
  EXPECT_EQ(profile.values.size(), 21U);
  EXPECT_DOUBLE_EQ(profile.explained, 1);
}

TEST(ValueRates, show_one_hot_columns_together) {
  Table table;
  table.positive = {1, 0, 1, 0};
  table.add_column({"utm_source_a", FeatureKind::boolean, {}}, {1, 0, 0, 0});
  table.add_column({"utm_source_b", FeatureKind::boolean, {}}, {0, 1, 0, 0});
  table.add_column({"weekend", FeatureKind::boolean, {}}, {0, 0, 1, 1});
  const auto profiles = table.profiles();
  ASSERT_EQ(profiles.size(), 4U);
  const ColumnProfile& group = profiles[3];
  EXPECT_EQ(group.column, "utm_source");
  EXPECT_EQ(group.members, (std::vector<std::string>{"utm_source_a", "utm_source_b"}));
  ASSERT_EQ(group.values.size(), 3U);
  EXPECT_EQ(group.values[0].value, "a");
  EXPECT_EQ(group.values[2].value, "none of these");
  EXPECT_EQ(group.values[2].rows, (ClassTotals{1, 1}));
  EXPECT_FALSE(group.note.empty());
}

TEST(ValueRates, do_not_join_columns_that_hold_both) {
  Table table;
  table.positive = {1, 0, 1, 0};
  table.add_column({"is_new", FeatureKind::boolean, {}}, {1, 1, 0, 0});
  table.add_column({"is_mobile", FeatureKind::boolean, {}}, {1, 0, 1, 0});
  EXPECT_EQ(table.profiles().size(), 2U);
}

TEST(ValueRates, of_a_column_without_bearing_explain_nothing) {
  Table table;
  std::vector<float> values;
  for (int i = 0; i < 4000; ++i) {
    values.push_back(static_cast<float>(i % 20));
    table.positive.push_back((i / 20) % 10 == 0);
  }
  table.add_column({"x", FeatureKind::number, {}}, values);
  EXPECT_EQ(table.profiles().at(0).explained, 0);
}

}  // namespace
}  // namespace rarewood
