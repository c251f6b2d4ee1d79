#include "rarewood/learn/linear/logistic.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/pattern/count.hpp"
#include "rarewood/pattern/split.hpp"

namespace rarewood {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

struct Rows {
  Columns columns;
  FeatureSchema schema;
  std::vector<std::uint8_t> positive;

  void number(std::vector<float> values) {
    columns.rows = values.size();
    columns.values.push_back(std::move(values));
    schema.features.push_back({"x", FeatureKind::number, {}});
  }
  void category(std::vector<float> codes, std::size_t levels) {
    columns.values.push_back(std::move(codes));
    schema.features.push_back({"c", FeatureKind::category, {}});
    for (std::size_t c = 0; c < levels; ++c) {
      schema.features.back().categories.push_back("level " + std::to_string(c));
    }
  }
};

/// All rows as a part to learn from; each row twice more, as test part and as another fold.
FitPart part_of(const Rows& rows) {
  CellTable table = count_cells(rows.columns, rows.schema, rows.positive, {}, {});
  const std::vector<Cell> once = table.cells;
  for (const std::uint32_t fold : {1U, kTestFold}) {
    for (Cell cell : once) {
      cell.fold = fold;
      table.cells.push_back(cell);
    }
  }
  std::sort(table.cells.begin(), table.cells.end(), [](const Cell& a, const Cell& b) {
    return a.pattern != b.pattern ? a.pattern < b.pattern : a.fold < b.fold;
  });
  return split_by_fold(table, 2).train.fold(1).fit;
}

/// Two numbers, one with holes, and a category; the class depends on all of them.
Rows mixed_rows(std::size_t count, std::uint64_t seed) {
  Random random(seed, "rows");
  std::vector<float> a, b, c;
  Rows rows;
  for (std::size_t i = 0; i < count; ++i) {
    a.push_back(static_cast<float>(random.below(9)) / 2);
    b.push_back(random.below(7) == 0 ? kMissing : static_cast<float>(1000 + random.below(50)));
    c.push_back(random.below(9) == 0 ? kMissing : static_cast<float>(random.below(4)));
    const double hole = std::isnan(b.back()) ? 1 : 0;
    const double z =
        0.6 * static_cast<double>(a.back()) - 2.5 + 1.5 * hole + (c.back() == 2 ? 1.2 : 0);
    rows.positive.push_back(random.uniform() < 1 / (1 + std::exp(-z)) ? 1 : 0);
  }
  rows.number(a);
  rows.number(b);
  rows.category(c, 4);
  return rows;
}

LinearModel fitted(const FitPart& part, const LogisticOptions& options, int threads = 1) {
  Control control;
  control.threads = threads;
  return fit_logistic(part, options, {}, control);
}

/// Derivative of the penalised loss by the intercept, or by a weight through what `by` says of a
/// row; 0 at the minimum.
template <typename By>
double slope(const FitPart& part, const LinearModel& model, double weight, const LogisticOptions& o,
             const By& by) {
  double sum = 0;
  for (const PatternCount& count : part.counts()) {
    std::vector<float> row;
    for (std::size_t f = 0; f < model.terms.size(); ++f) {
      row.push_back(part.patterns().value(count.pattern, f));
    }
    const double p = 1 / (1 + std::exp(-static_cast<double>(reference_score(model, row))));
    sum += ((count.n0 + count.n1) * p - count.n1) * by(row);
  }
  return sum + weight / o.C;
}

TEST(Logistic, IsWhereTheLossIsLevel) {
  const FitPart part = part_of(mixed_rows(3000, 1));
  LogisticOptions options;
  options.C = 0.7;
  const LinearModel model = fitted(part, options);
  const auto& terms = model.terms;
  const auto level = [&](double weight, const auto& by) {
    EXPECT_NEAR(slope(part, model, weight, options, by), 0, 1e-3);
  };
  level(0, [](const auto&) { return 1.0; });
  level(terms[0].weight, [](const auto& row) { return static_cast<double>(row[0]); });
  for (std::size_t c = 0; c < 4; ++c) {
    level(terms[2].by_category[c],
          [c](const auto& row) { return row[2] == static_cast<float>(c) ? 1.0 : 0.0; });
  }
  level(terms[2].missing, [](const auto& row) { return std::isnan(row[2]) ? 1.0 : 0.0; });
  EXPECT_GT(terms[0].weight, 0.4);
  EXPECT_GT(terms[1].missing, terms[1].weight * 1025 + 1) << "a hole counts beside the mean";
}

TEST(Logistic, TakesCopiesAsCounts) {
  Rows rows = mixed_rows(400, 2);
  const LinearModel once = fitted(part_of(rows), {});
  for (auto& column : rows.columns.values) {
    const std::vector<float> copy = column;
    for (int i = 0; i < 2; ++i) column.insert(column.end(), copy.begin(), copy.end());
  }
  const std::vector<std::uint8_t> labels = rows.positive;
  for (int i = 0; i < 2; ++i)
    rows.positive.insert(rows.positive.end(), labels.begin(), labels.end());
  rows.columns.rows *= 3;
  LogisticOptions third;
  third.C = 1.0 / 3;
  const LinearModel thrice = fitted(part_of(rows), third);
  for (std::size_t f = 0; f < 2; ++f) {
    EXPECT_NEAR(thrice.terms[f].weight, once.terms[f].weight, 1e-9);
  }
  EXPECT_NEAR(thrice.intercept, once.intercept, 1e-6);
}

TEST(Logistic, GivesTheSameBytesForAnyThreads) {
  const FitPart part = part_of(mixed_rows(20000, 3));
  const LinearModel one = fitted(part, {});
  for (const int threads : {2, 3, 8}) EXPECT_EQ(fitted(part, {}, threads), one) << threads;
}

TEST(Logistic, WithoutPenaltyMeetsEachLevelsRate) {
  Rows rows;
  std::vector<float> codes;
  for (int i = 0; i < 100; ++i) {
    codes.push_back(static_cast<float>(i % 2));
    rows.positive.push_back(i % 2 == 0 ? i < 40 : i < 10);
  }
  rows.columns.rows = 100;
  rows.category(codes, 3);  // the third level never occurs
  LogisticOptions options;
  options.penalty = Penalty::none;
  const LinearModel model = fitted(part_of(rows), options);
  const auto chance = [&](std::size_t c) {
    return 1 / (1 + std::exp(-model.intercept - model.terms[0].by_category[c]));
  };
  EXPECT_NEAR(chance(0), 20.0 / 50, 1e-6);
  EXPECT_NEAR(chance(1), 5.0 / 50, 1e-6);
  EXPECT_NEAR(model.terms[0].by_category[2], 0, 1e-9);
}

/// Six rows that the number tells apart, and the sentences said of the fit.
LinearModel separated(const LogisticOptions& options, std::vector<std::string>& warnings) {
  Rows rows;
  rows.number({1, 2, 3, 4, 5, 6});
  rows.positive = {0, 0, 0, 1, 1, 1};
  FitRequest request;
  request.warn = [&](const std::string& sentence) { warnings.push_back(sentence); };
  return fit_logistic(part_of(rows), options, request, {});
}

TEST(Logistic, StaysFiniteAndWarnsWhereTheClassesAreApart) {
  std::vector<std::string> warnings;
  const LinearModel held = separated({}, warnings);
  EXPECT_NEAR(held.terms[0].weight, 1.1206096, 1e-6);  // scikit-learn 1.9
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("without an error"), std::string::npos);

  LogisticOptions free;
  free.penalty = Penalty::none;
  free.max_iter = 20;
  const LinearModel growing = separated(free, warnings);
  EXPECT_TRUE(std::isfinite(growing.terms[0].weight));
  EXPECT_TRUE(std::isfinite(growing.intercept));
  EXPECT_GT(growing.terms[0].weight, held.terms[0].weight);
  EXPECT_NE(warnings.back().find("--max-iter"), std::string::npos);
}

TEST(Logistic, GivesConstantAndEmptyColumnsNoWeight) {
  Rows rows = mixed_rows(300, 4);
  rows.number(std::vector<float>(300, 16777216.0F));
  rows.number(std::vector<float>(300, kMissing));
  for (const Penalty penalty : {Penalty::l2, Penalty::none}) {
    LogisticOptions options;
    options.penalty = penalty;
    const LinearModel model = fitted(part_of(rows), options);
    EXPECT_EQ(model.terms[3].weight, 0);
    EXPECT_EQ(model.terms[4].missing, 0);
    EXPECT_EQ(model.terms[3].deviation, 0);
  }
}

TEST(Logistic, WeighsBothClassesAlikeWhereBalanced) {
  Rows rows;
  rows.number(std::vector<float>(100, 1));
  rows.columns.values[0][0] = 2;
  rows.positive.assign(100, 0);
  rows.positive[1] = 1;
  LogisticOptions options;
  options.class_weight = RowWeight::balanced;
  const LinearModel model = fitted(part_of(rows), options);
  EXPECT_NEAR(model.intercept + model.terms[0].weight, 0, 0.05);
}

TEST(Logistic, RefusesWhatDoesNotFitIntoMemory) {
  Rows rows;
  for (int f = 0; f < 300; ++f) rows.number({1, 2, 3, static_cast<float>(f)});
  rows.positive = {0, 1, 0, 1};
  Control control;
  control.memory_limit = 1 << 20;
  EXPECT_THROW(fit_logistic(part_of(rows), {}, {}, control), Error);
  EXPECT_NO_THROW(fit_logistic(part_of(rows), {}, {}, {}));
}

}  // namespace
}  // namespace rarewood
