#include "rarewood/evaluate/rate_table.hpp"

#include <cmath>
#include <memory>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/metrics.hpp"

namespace rarewood {
namespace {

// The rule against leaks: a table is learned from rows to learn from.
template <typename T>
constexpr bool kLearns =
    requires(const T& part, const ColumnBins& bins) { RateTable::fit(part, bins); };
static_assert(kLearns<FitPart>);
static_assert(!kLearns<CheckPart>);
static_assert(!kLearns<TestPart>);
static_assert(!kLearns<TrainPart>);

constexpr std::uint32_t kFolds = 3;

/// Patterns of the given columns; n0 and n1 rows of each in every training fold and in the test
/// part.
struct Made {
  FeatureSchema schema;
  Split split;
};

Made made(const std::vector<std::vector<float>>& columns, const std::vector<std::uint32_t>& n0,
          const std::vector<std::uint32_t>& n1, std::uint32_t categories = 0) {
  auto patterns = std::make_shared<Patterns>();
  patterns->count = n0.size();
  FeatureSchema schema;
  for (const auto& column : columns) {
    patterns->values.insert(patterns->values.end(), column.begin(), column.end());
    patterns->category_counts.push_back(categories);
    schema.features.push_back(
        {"c" + std::to_string(schema.features.size()), FeatureKind::number, {}});
  }
  CellTable table{patterns, {}};
  for (std::uint32_t p = 0; p < n0.size(); ++p) {
    for (const std::uint32_t fold : {0U, 1U, 2U, kTestFold}) {
      if (n0[p] + n1[p] > 0) table.cells.push_back({p, fold, n0[p], n1[p]});
    }
  }
  return {schema, split_by_fold(table, kFolds)};
}

TEST(ColumnBins, GiveEachOfFewValuesItsOwnAndMissingTheLast) {
  const Made m = made({{1, 2, 2, 7, std::nanf("")}}, {9, 9, 9, 9, 9}, {1, 1, 1, 1, 1});
  const ColumnBins bins = make_column_bins(m.split.train.all(), 0);
  EXPECT_EQ(bins.bins, 4U);
  EXPECT_EQ(bins.upper, (std::vector<float>{1.5F, 4.5F}));
  EXPECT_EQ(bins.bin_of_pattern, (std::vector<std::uint32_t>{0, 1, 1, 2, 3}));
}

TEST(ColumnBins, ShareManyValuesOutByRows) {
  std::vector<float> values;
  std::vector<std::uint32_t> n0;
  for (int i = 0; i < 1000; ++i) {
    values.push_back(static_cast<float>(i) * 0.37F);
    n0.push_back(i < 100 ? 55U : 1U);  // most rows lie in the first tenth
  }
  const Made m = made({values}, n0, std::vector<std::uint32_t>(1000, 1));
  const ColumnBins bins = make_column_bins(m.split.train.all(), 0);
  EXPECT_EQ(bins.bins, 65U);
  EXPECT_TRUE(std::is_sorted(bins.upper.begin(), bins.upper.end()));
  std::vector<std::uint64_t> rows(bins.bins);
  for (std::size_t p = 0; p < 1000; ++p) rows[bins.bin_of_pattern[p]] += n0[p] + 1;
  for (std::size_t b = 0; b + 1 < rows.size(); ++b) {
    EXPECT_NEAR(static_cast<double>(rows[b]), 7400.0 / 64, 56) << b;
  }
  EXPECT_EQ(rows.back(), 0U);  // nothing is missing
}

TEST(ColumnBins, KeepCategoriesApart) {
  const Made m = made({{0, 2, 1}}, {9, 9, 9}, {1, 1, 1}, 3);
  const ColumnBins bins = make_column_bins(m.split.train.all(), 0);
  EXPECT_EQ(bins.bins, 4U);
  EXPECT_EQ(bins.bin_of_pattern, (std::vector<std::uint32_t>{0, 2, 1}));
}

TEST(RateTable, IsTheSmoothedShareOfEachValue) {
  const Made m = made({{1, 2}}, {30, 10}, {0, 20});
  const ColumnBins bins = make_column_bins(m.split.train.all(), 0);
  const RateTable table = RateTable::fit(m.split.train.all(), bins);
  const double base = 20.0 / 60;
  ASSERT_EQ(table.rates().size(), 3U);
  EXPECT_FLOAT_EQ(table.rates()[0], static_cast<float>(base / 91));
  EXPECT_FLOAT_EQ(table.rates()[1], static_cast<float>((60 + base) / 91));
  EXPECT_FLOAT_EQ(table.rates()[2], static_cast<float>(base));  // never seen: the base rate

  const TestScores scores = table.score(m.split.test, bins);
  ASSERT_EQ(scores.list().size(), 2U);
  EXPECT_EQ(scores.list()[1].score, static_cast<double>(table.rates()[1]));
  EXPECT_EQ(scores.list()[1].n1, 20U);
}

TEST(RateTable, IsLearnedFromTheOtherFoldsOnly) {
  // One value has its only positive row in fold 0: its table there does not know of it.
  auto patterns = std::make_shared<Patterns>();
  *patterns = {2, {1, 2}, {0}};
  const CellTable table{patterns,
                        {{0, 0, 10, 1},
                         {0, 1, 10, 0},
                         {0, kTestFold, 5, 1},
                         {1, 0, 5, 5},
                         {1, 1, 5, 5},
                         {1, kTestFold, 5, 5}}};
  const Split split = split_by_fold(table, 2);
  const ColumnBins bins = make_column_bins(split.train.all(), 0);
  const OofScores scores = RateTable::out_of_fold({split.train.fold(0), split.train.fold(1)}, bins);
  ASSERT_EQ(scores.list().size(), 4U);
  EXPECT_EQ(scores.fold(), (std::vector<std::uint32_t>{0, 0, 1, 1}));
  EXPECT_NEAR(scores.list()[0].score, (5.0 / 20) / 11, 1e-6);
  EXPECT_NEAR(scores.list()[2].score, (1 + 6.0 / 21) / 12, 1e-6);
}

TEST(SingleColumn, IsTheOneThatTellsMost) {
  Random random(4, "single column test");
  std::vector<std::vector<float>> columns(3);
  std::vector<std::uint32_t> n0, n1;
  for (int i = 0; i < 300; ++i) {
    const double x = random.uniform();
    columns[0].push_back(static_cast<float>(random.uniform()));
    columns[1].push_back(static_cast<float>(x));
    columns[2].push_back(static_cast<float>(random.below(2)));
    n1.push_back(static_cast<std::uint32_t>(draw_binomial(random, 10, 0.4 * x)));
    n0.push_back(10 - n1.back());
  }
  const Made m = made(columns, n0, n1);
  Control two;
  two.threads = 2;
  const SingleColumn best = best_single_column(m.split.train, m.schema, {}, two);
  EXPECT_EQ(best.column, "c1");
  const TestScores test = best.score(m.split.test);
  const Metrics metrics = compute_metrics(test.list(), best.threshold.probability);
  EXPECT_GT(metrics.auc_roc, 0.6);
  EXPECT_GT(metrics.f1_score, flag_all_f1(m.split.test.totals()));
  EXPECT_EQ(test.list().size(), m.split.test.counts().size());
}

}  // namespace
}  // namespace rarewood
