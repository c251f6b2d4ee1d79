#include "rarewood/model/learn_expectations.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/model/expectations_json.hpp"
#include "rarewood/model/model_file.hpp"
#include "rarewood/model/model_for_test.hpp"
#include "rarewood/pattern/count.hpp"

namespace rarewood {
namespace {

const float kNone = std::nanf("");

/// A number of many values, a number of three, and a category, 100 rows.
struct TableForTest {
  TableForTest() {
    schema.features = {{"many", FeatureKind::number, {}},
                       {"few", FeatureKind::number, {}},
                       {"word", FeatureKind::category, {"a", "b", "c"}}};
    columns.rows = 100;
    columns.values.resize(3);
    for (int row = 0; row < 100; ++row) {
      columns.values[0].push_back(row < 5 ? kNone : static_cast<float>(row));
      columns.values[1].push_back(static_cast<float>(row % 3));
      columns.values[2].push_back(row == 99 ? 2.0F : static_cast<float>(row % 2));
      labels.push_back(row < 7 ? 1 : 0);
    }
    expectations = learn_expectations(count_cells(columns, schema, labels, {}, {}), schema, {});
  }

  FeatureSchema schema;
  Columns columns;
  std::vector<std::uint8_t> labels;
  Expectations expectations;
};

using Rows = std::vector<std::uint64_t>;

TEST(Expectations, AreWhatTheTableHolds) {
  const TableForTest table;
  const Expectations& learnt = table.expectations;
  EXPECT_EQ(learnt.rows, 100U);
  EXPECT_EQ(learnt.positives, 7U);
  EXPECT_EQ(learnt.columns[0].missing, 5U);
  EXPECT_EQ(learnt.columns[0].lowest, 5);
  EXPECT_EQ(learnt.columns[0].upper.back(), 99);
  EXPECT_EQ(learnt.columns[0].rows.size(), 10U);
  EXPECT_FALSE(learnt.columns[0].single);
  EXPECT_EQ(learnt.columns[1].upper, (std::vector<float>{0, 1, 2}));
  EXPECT_EQ(learnt.columns[1].rows, (Rows{34, 33, 33}));
  EXPECT_TRUE(learnt.columns[1].single);
  EXPECT_EQ(learnt.columns[2].rows, (Rows{50, 49, 1}));
}

TEST(Expectations, FindTheirOwnRowsAgain) {
  const TableForTest table;
  for (std::size_t f = 0; f < 3; ++f) {
    const BinnedRows& expected = table.expectations.columns[f];
    const ObservedRows observed = observe(expected, table.columns.values[f], 0);
    EXPECT_EQ(observed.rows, expected.rows);
    EXPECT_EQ(observed.missing, expected.missing);
    EXPECT_EQ(observed.unseen + observed.outside, 0U);
  }
}

TEST(Expectations, TellNewValuesFromMissingOnes) {
  const TableForTest table;
  const auto& columns = table.expectations.columns;
  const ObservedRows many =
      observe(columns[0], std::vector<float>{4, 5, 50.5F, 99, 99.5F, kNone}, 0);
  EXPECT_EQ(many.outside, 2U);
  EXPECT_EQ(many.missing, 1U);
  EXPECT_EQ(many.unseen, 0U) << "between training's values of many is nothing new";
  const ObservedRows few = observe(columns[1], std::vector<float>{0, 0.5F, 2, 3}, 0);
  EXPECT_EQ(few.rows, (Rows{1, 0, 1}));
  EXPECT_EQ(few.unseen, 2U);
  const ObservedRows word = observe(columns[2], std::vector<float>{1, kNone, kNone}, 1);
  EXPECT_EQ(word.missing, 1U);
  EXPECT_EQ(word.unseen, 1U);
}

TEST(Expectations, ComeBackFromJson) {
  TableForTest table;
  table.expectations.probabilities = bin_probabilities({{0.25, 3, 1}, {0.5, 0, 4}, {0.25, 1, 0}});
  EXPECT_EQ(table.expectations.probabilities->rows, (Rows{5, 4}));
  const std::string json = expectations_to_json(table.expectations);
  EXPECT_EQ(expectations_of_json(json, table.schema), table.expectations);
}

TEST(Expectations, OfAnotherVersionAreNotRead) {
  const TableForTest table;
  EXPECT_EQ(expectations_of_json(R"({"version": 2, "rows": "many"})", table.schema), std::nullopt);
}

TEST(Expectations, LieBesideTheModelInItsFile) {
  ModelForTest made(ModelShape{});
  const Columns columns = made.rows(200);
  const std::vector<std::uint8_t> labels(200, 1);
  const Expectations learnt = learn_expectations(
      count_cells(columns, made.model.schema, labels, {}, {}), made.model.schema, {});
  const std::string onnx = model_to_onnx(made.model, &learnt);
  const Model read = model_from_bytes(onnx);
  EXPECT_EQ(expectations_from_bytes(onnx, read), learnt);
  EXPECT_EQ(expectations_from_bytes(model_to_pickle(onnx), read), learnt);
  EXPECT_EQ(expectations_from_bytes(model_to_onnx(read), read), std::nullopt);
}

}  // namespace
}  // namespace rarewood
