#include "rarewood/audit/expectation_check.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/audit/expected_groups.hpp"
#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

/// A model of one category and one number, learnt from 1,000 rows of which 100 are positive.
struct ModelTable {
  ModelTable() {
    schema.features = {{"word", FeatureKind::category, {"a", "b", "c"}},
                       {"number", FeatureKind::number, {}}};
    schema.target = {"y", "no", "yes"};
    schema.prediction_point = "10min";
    expectations = {1000, 100, {}, std::nullopt};
    expectations.columns.push_back({{}, 0, false, {600, 380, 0}, 20});
    expectations.columns.push_back(
        {{1, 2, 3, 4, 5, 6, 7, 8, 9, 11}, 0.5F, false, std::vector<std::uint64_t>(10, 100), 0});
  }

  /// Rows of the same law, one in three a "b".
  CheckedTable fresh(std::size_t rows) const {
    CheckedTable table{.name = "t", .rows = rows, .prediction_point = "10min"};
    table.columns.resize(2);
    for (std::size_t row = 0; row < rows; ++row) {
      Random random(1, "fresh", row);
      const double u = random.uniform();
      table.columns[0].values.push_back(u < 0.6 ? 0 : u < 0.98 ? 1 : std::nanf(""));
      table.columns[1].values.push_back(static_cast<float>(1 + random.below(10)) - 0.5F);
    }
    for (CheckedColumn& column : table.columns) column.present = true;
    table.labels = LabelCounts{rows - rows / 10, rows / 10, 0, 0, ""};
    return table;
  }

  std::vector<ExpectationCheck> checks(const CheckedTable& table, Tolerance tolerance = {}) const {
    return check_expectations({schema, expectations, table, {}}, tolerance, {});
  }

  FeatureSchema schema;
  Expectations expectations;
};

Verdict verdict_of(const std::vector<ExpectationCheck>& checks, const std::string& check,
                   const std::string& column) {
  const auto found = std::ranges::find_if(checks, [&](const ExpectationCheck& each) {
    return each.check == check && each.column == column;
  });
  EXPECT_NE(found, checks.end()) << check << " of " << column;
  return found == checks.end() ? Verdict::ok : found->verdict;
}

Verdict worst(const std::vector<ExpectationCheck>& checks) {
  return Validation{.table = "", .model = "", .target = "", .checks = checks}.verdict();
}

TEST(ExpectationCheck, PassesRowsOfTheSameLaw) {
  const ModelTable model;
  for (const std::size_t rows : {1U, 20U, 500U, 20000U}) {
    EXPECT_EQ(worst(model.checks(model.fresh(rows))), Verdict::ok) << rows;
  }
}

TEST(ExpectationCheck, NeedsSizeAndSignificance) {
  const ModelTable model;
  const auto with_missing = [&](std::size_t rows, std::size_t one_of) {
    CheckedTable table = model.fresh(rows);
    for (std::size_t row = 0; row < rows; row += one_of) {
      table.columns[1].values[row] = std::nanf("");
    }
    return verdict_of(model.checks(table), "missing", "number");
  };
  EXPECT_EQ(with_missing(5000, 10), Verdict::fail);
  EXPECT_EQ(with_missing(5000, 40), Verdict::warn);
  EXPECT_EQ(with_missing(50000, 1000), Verdict::ok) << "beyond chance, but a trifle";
  EXPECT_EQ(with_missing(5, 5), Verdict::ok) << "a fifth of the rows, but few rows";
  EXPECT_EQ(with_missing(500, 1), Verdict::error) << "all missing";
}

TEST(ExpectationCheck, SeesTheFormOfTheTable) {
  const ModelTable model;
  CheckedTable table = model.fresh(100);
  table.columns[0].present = false;
  table.columns[1].problem = "The column 'number' must hold numbers, not text";
  table.prediction_point = "end";
  table.labels->other = 3;
  const auto checks = model.checks(table, {.min_rows = 101});
  EXPECT_EQ(verdict_of(checks, "column", "word"), Verdict::error);
  EXPECT_EQ(verdict_of(checks, "column", "number"), Verdict::error);
  EXPECT_EQ(verdict_of(checks, "prediction_point", ""), Verdict::error);
  EXPECT_EQ(verdict_of(checks, "labels", "y"), Verdict::error);
  EXPECT_EQ(verdict_of(checks, "rows", ""), Verdict::error);
}

TEST(ExpectationCheck, SeesNewValuesAndRates) {
  const ModelTable model;
  CheckedTable table = model.fresh(2000);
  for (std::uint32_t row = 0; row < 2000; row += 8) {
    table.columns[0].values[row] = std::nanf("");
    table.columns[0].unseen.push_back(row);
  }
  for (std::size_t row = 0; row < 2000; row += 40) table.columns[1].values[row] = 12;
  table.labels = LabelCounts{1600, 400, 0, 0, ""};
  const auto checks = model.checks(table);
  EXPECT_EQ(verdict_of(checks, "new_values", "word"), Verdict::fail);
  EXPECT_EQ(verdict_of(checks, "missing", "word"), Verdict::ok);
  EXPECT_EQ(verdict_of(checks, "range", "number"), Verdict::warn);
  EXPECT_EQ(verdict_of(checks, "base_rate", "y"), Verdict::fail);
}

/// The rows of a table, each `times` over as one group's.
CheckedTable repeated(const CheckedTable& table, std::size_t times, WholeGroups& groups) {
  CheckedTable all = table;
  std::vector<std::uint64_t> keys;
  for (std::size_t copy = 0; copy < times; ++copy) {
    for (std::uint64_t row = 0; row < table.rows; ++row) keys.push_back(row);
    if (copy == 0) continue;
    for (std::size_t f = 0; f < table.columns.size(); ++f) {
      const std::vector<float>& more = table.columns[f].values;
      all.columns[f].values.insert(all.columns[f].values.end(), more.begin(), more.end());
    }
  }
  all.rows *= times;
  all.labels = LabelCounts{0, 0, 0, 0, ""};
  for (std::uint64_t row = 0; row < all.rows; ++row) {
    const bool positive = row % table.rows < table.labels->positive;
    ++(positive ? all.labels->positive : all.labels->negative);
    all.labels->of_rows.push_back(positive ? 1 : 0);
  }
  groups = whole_groups(keys);
  return all;
}

TEST(ExpectationCheck, CountsRowsOfAGroupAsFewer) {
  const ModelTable model;
  CheckedTable few = model.fresh(30);
  few.labels = LabelCounts{24, 6, 0, 0, ""};  // twice the usual rate, of 30 users
  for (std::size_t row = 0; row < 4; ++row) few.columns[1].values[row] = std::nanf("");
  WholeGroups groups;
  const CheckedTable table = repeated(few, 20, groups);
  EXPECT_EQ(worst(model.checks(table)), Verdict::fail) << "600 rows that look independent";
  EXPECT_EQ(
      worst(check_expectations({model.schema, model.expectations, table, {}, groups}, {}, {})),
      Verdict::ok)
      << "30 users";
}

TEST(ExpectationCheck, FindsARealShiftOfWholeGroups) {
  const ModelTable model;
  CheckedTable few = model.fresh(500);
  few.labels = LabelCounts{350, 150, 0, 0, ""};
  for (std::size_t row = 0; row < 500; row += 4) few.columns[1].values[row] = std::nanf("");
  WholeGroups groups;
  const CheckedTable table = repeated(few, 3, groups);
  const auto checks =
      check_expectations({model.schema, model.expectations, table, {}, groups}, {}, {});
  EXPECT_EQ(verdict_of(checks, "base_rate", "y"), Verdict::fail);
  EXPECT_EQ(verdict_of(checks, "missing", "number"), Verdict::fail);
  EXPECT_EQ(verdict_of(checks, "drift", "word"), Verdict::ok);
}

TEST(ColumnGroups, CountSingleRowsAsNewOnBothSides) {
  const Feature word{"word", FeatureKind::category, {"a", "b", "c", "d"}};
  const BinnedRows expected{{}, 0, false, {50, 1, 1, 8}, 4};
  const ColumnGroups groups = column_groups(word, expected, {{40, 2, 0, 9}, 3, 2, 0});
  EXPECT_EQ(training_singles(expected), 2U);
  EXPECT_EQ(groups.before, (std::vector<std::uint64_t>{50, 8, 0, 0, 0, 4, 2}));
  EXPECT_EQ(groups.after, (std::vector<std::uint64_t>{40, 9, 2, 0, 0, 3, 2}));
  EXPECT_EQ(groups.names.back(), "new values");
}

}  // namespace
}  // namespace rarewood
