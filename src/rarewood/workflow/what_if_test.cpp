#include "rarewood/workflow/what_if.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/pattern/count.hpp"

namespace rarewood {
namespace {

/// A hint that tells the class up to every tenth row, a number without bearing, a gap here and
/// there.
struct Table {
  FeatureSchema schema;
  CellTable cells;
};

Table table(std::size_t rows = 1500) {
  Random random(1, "what if");
  Columns columns{rows, {{}, {}}};
  std::vector<std::uint8_t> labels;
  std::vector<std::uint32_t> folds;
  for (std::size_t i = 0; i < rows; ++i) {
    labels.push_back(random.uniform() < 0.2 ? 1 : 0);
    folds.push_back(i % 6 == 5 ? kTestFold : static_cast<std::uint32_t>(i % 6));
    const bool odd = random.uniform() < 0.1;
    columns.values[0].push_back(static_cast<float>(odd ? 1 - labels[i] : labels[i]));
    columns.values[1].push_back(i % 50 == 0 ? std::nanf("") : static_cast<float>(random.below(9)));
  }
  Table made;
  made.schema.features = {{"hint", FeatureKind::number, {}}, {"noise", FeatureKind::number, {}}};
  made.schema.target.name = "y";
  made.cells = count_cells(columns, made.schema, labels, folds, {});
  return made;
}

std::string refusal(const std::string& text) {
  try {
    read_change(text, table(60).schema);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(WhatIf, ReadsColumnsAndCaps) {
  const FeatureSchema schema = table(60).schema;
  EXPECT_EQ(read_change("noise", schema).feature, 1U);
  EXPECT_FALSE(read_change("noise", schema).capped);
  EXPECT_EQ(read_change("noise=2.5", schema).cap, 2.5);
  EXPECT_NE(refusal("noize").find("Did you mean 'noise'?"), std::string::npos);
  EXPECT_NE(refusal("noise=high").find("is no cap"), std::string::npos);
}

TEST(WhatIf, KeepsEveryRowInItsFold) {
  const Table before = table();
  const ChangedTable after = change_table(before.cells, before.schema, {.feature = 0});
  EXPECT_EQ(after.schema.features.size(), 1U);
  EXPECT_EQ(after.cells.patterns->count, 10U);  // nine numbers and missing
  EXPECT_EQ(class_totals(after.cells.cells), class_totals(before.cells.cells));
  for (std::size_t p = 0; p < before.cells.patterns->count; ++p) {
    const float old_value = before.cells.patterns->value(p, 1);
    const float new_value = after.cells.patterns->value(after.pattern_of[p], 0);
    EXPECT_TRUE(old_value == new_value || (std::isnan(old_value) && std::isnan(new_value)));
  }
  for (std::size_t i = 1; i < after.cells.cells.size(); ++i) {
    const Cell& a = after.cells.cells[i - 1];
    const Cell& b = after.cells.cells[i];
    EXPECT_TRUE(a.pattern < b.pattern || (a.pattern == b.pattern && a.fold < b.fold));
  }
}

TEST(WhatIf, HoldsNumbersToTheCap) {
  const Table before = table();
  const ChangedTable after =
      change_table(before.cells, before.schema, {.feature = 1, .capped = true, .cap = 3});
  float highest = 0;
  std::size_t missing = 0;
  for (const float value : after.cells.patterns->column(1)) {
    highest = std::max(highest, std::isnan(value) ? 0 : value);
    missing += std::isnan(value) ? 1 : 0;
  }
  EXPECT_EQ(highest, 3);
  EXPECT_EQ(missing, 2U) << "one for each value of the hint";
}

TEST(WhatIf, SeesWhatRestsOnAColumn) {
  const Table made = table();
  const WhatIfPlan plan{.learner = "logistic"};
  const auto results = what_if(made.cells, made.schema, {"hint", "noise", "noise=7"}, plan, {});
  ASSERT_EQ(results.size(), 3U);
  const auto auc = [](const WhatIf& one) {
    for (const WhatIfFigure& figure : one.figures) {
      if (figure.metric == "auc_roc") return figure;
    }
    return WhatIfFigure{};
  };
  EXPECT_NEAR(auc(results[0]).as_it_is, 0.9, 0.03);
  EXPECT_NEAR(auc(results[0]).changed, 0.5, 0.08);
  EXPECT_LT(auc(results[0]).difference.high, -0.2);
  EXPECT_LT(auc(results[1]).difference.low, 0.02);
  EXPECT_GT(auc(results[1]).difference.high, -0.02);
  EXPECT_EQ(results[2].cap, 7);
  EXPECT_NEAR(auc(results[2]).changed, auc(results[2]).as_it_is, 0.01) << "noise, but for its 8s";
}

TEST(WhatIf, ListsTheRulesFigureAndThoseOfAllThresholds) {
  const Table made = table();
  const auto results = what_if(made.cells, made.schema, {"hint"}, {.learner = "logistic"}, {});
  std::vector<std::string> metrics;
  for (const WhatIfFigure& figure : results.front().figures) metrics.push_back(figure.metric);
  EXPECT_EQ(metrics,
            (std::vector<std::string>{"f1_score", "auc_roc", "average_precision", "log_loss"}));
}

TEST(WhatIf, RefusesACapThatNoValueIsAbove) {
  const Table made = table();
  try {
    what_if(made.cells, made.schema, {"noise=100"}, {.learner = "logistic"}, {});
    FAIL() << "took an idle cap";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("'noise' is at most 8"), std::string::npos);
  }
}

}  // namespace
}  // namespace rarewood
