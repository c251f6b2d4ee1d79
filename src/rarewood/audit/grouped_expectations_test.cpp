#include "rarewood/audit/grouped_expectations.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/audit/expected_groups.hpp"
#include "rarewood/model/expectations_json.hpp"
#include "rarewood/model/learn_expectations.hpp"
#include "rarewood/pattern/count.hpp"

namespace rarewood {
namespace {

const float kNone = std::nanf("");

/// 40 groups of 5 rows each: all rows of a group have its number and its word. Group 39 alone has
/// the word "d", and group 0 has no number.
struct GroupsOfFive {
  GroupsOfFive() {
    schema.features = {{"number", FeatureKind::number, {}},
                       {"word", FeatureKind::category, {"a", "b", "c", "d"}}};
    columns.rows = 200;
    columns.values.resize(2);
    for (std::uint64_t row = 0; row < 200; ++row) {
      const std::uint64_t group = row / 5;
      keys.push_back(group);
      columns.values[0].push_back(group == 0 ? kNone : static_cast<float>(group));
      columns.values[1].push_back(group == 39 ? 3.0F : static_cast<float>(group % 3));
      labels.push_back(group < 4 ? 1 : 0);
    }
    const CountedRows counted = count_rows(columns, schema, labels, {}, {});
    expectations = learn_expectations(counted.table, schema, {});
    groups = whole_groups(keys);
    note_groups({*counted.table.patterns, counted.pattern, labels, groups}, expectations, {});
  }

  FeatureSchema schema;
  Columns columns;
  std::vector<std::uint8_t> labels;
  std::vector<std::uint64_t> keys;
  WholeGroups groups;
  Expectations expectations;
};

/// What five alike rows a group count as: five, and more as 40 groups are few.
constexpr double kFive = 5 * 1.092;

TEST(GroupedExpectations, KnowHowLittleRowsTell) {
  const GroupsOfFive table;
  EXPECT_EQ(table.expectations.alike_effect, 5);
  EXPECT_NEAR(table.expectations.rate_effect, kFive, 0.01);
  for (const BinnedRows& column : table.expectations.columns) {
    EXPECT_NEAR(column.effects.drift, kFive, 0.01);
  }
  EXPECT_NEAR(table.expectations.columns[0].effects.missing, kFive, 0.01);
  EXPECT_NEAR(table.expectations.columns[1].effects.missing, 5, 1e-12) << "none is missing";
  EXPECT_NEAR(table.expectations.columns[1].effects.unseen, kFive, 0.01);
}

TEST(GroupedExpectations, TakeAGroupForOneThatIsAloneWithItsValue) {
  const GroupsOfFive table;
  const BinnedRows& word = table.expectations.columns[1];
  EXPECT_EQ(word.alone, (std::vector<std::uint32_t>{3}));
  EXPECT_EQ(training_singles(word), 5U);
  EXPECT_EQ(table.expectations.columns[0].alone, (std::vector<std::uint32_t>{}))
      << "ranges are no values of their own";
  const ColumnGroups groups =
      column_groups(table.schema.features[1], word, {{9, 9, 9, 2}, 0, 1, 0});
  EXPECT_EQ(groups.before.back(), 5U);
  EXPECT_EQ(groups.after.back(), 1U);
}

TEST(GroupedExpectations, ComeBackFromJsonAndAreNotNeeded) {
  const GroupsOfFive table;
  const std::string json = expectations_to_json(table.expectations);
  EXPECT_EQ(expectations_of_json(json, table.schema), table.expectations);
  const std::string named = R"({"group_column":"user",)" + json.substr(1);  // as it once was
  EXPECT_EQ(expectations_of_json(named, table.schema), table.expectations);
  Expectations earlier = table.expectations;
  earlier.rate_effect = 0;
  earlier.alike_effect = 0;
  for (BinnedRows& column : earlier.columns) {
    column.effects = {};
    column.alone.clear();
  }
  const std::string without = expectations_to_json(earlier);
  EXPECT_EQ(without.find("design"), std::string::npos);
  EXPECT_EQ(expectations_of_json(without, table.schema), earlier);
}

TEST(GroupedExpectations, SeeLaterRowsAsTrainingRows) {
  const GroupsOfFive table;
  for (std::size_t f = 0; f < 2; ++f) {
    const BinnedRows& column = table.expectations.columns[f];
    const LaterEffects now = later_effects(column, table.columns.values[f], {}, table.groups);
    EXPECT_NEAR(now.drift, column.effects.drift, 0.01);
    EXPECT_NEAR(now.missing, column.effects.missing, 1e-12);
    EXPECT_NEAR(now.outside, 5, 1e-12) << "none is: each group is one trial";
  }
}

TEST(GroupedExpectations, TellUnseenFromMissingRows) {
  const GroupsOfFive table;
  std::vector<float> words = table.columns.values[1];
  std::vector<std::uint32_t> unseen;
  for (std::uint32_t row = 50; row < 70; ++row) unseen.push_back(row);  // whole groups
  for (const std::uint32_t row : unseen) words[row] = kNone;
  for (std::size_t row = 100; row < 200; row += 5) words[row] = kNone;  // one row of a group
  const LaterEffects now =
      later_effects(table.expectations.columns[1], words, unseen, table.groups);
  EXPECT_NEAR(now.unseen, kFive, 0.01);
  EXPECT_LT(now.missing, 1.1);
}

}  // namespace
}  // namespace rarewood
