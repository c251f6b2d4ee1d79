#include "rarewood/learn/weighted_rows.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/process.hpp"
#include "rarewood/learn/booster_for_test.hpp"
#include "rarewood/learn/learner.hpp"

namespace rarewood {
namespace {

Patterns three_patterns() {
  Patterns patterns;
  patterns.count = 3;
  patterns.values = {1, 2, 3, 10, 20, 30};
  patterns.category_counts = {0, 0};
  return patterns;
}

TEST(WeightedRows, of_a_pattern_have_its_share_of_positive_rows_for_label) {
  const WeightedRows rows = rows_by_pattern(three_patterns(), {{0, 5, 0}, {2, 6, 2}}, 3);
  EXPECT_EQ(rows.values, (std::vector<float>{1, 10, 3, 30}));
  EXPECT_EQ(rows.labels, (std::vector<float>{0, 0.5F}));
  EXPECT_EQ(rows.weights, (std::vector<float>{5, 12}));
}

TEST(WeightedRows, of_a_pattern_add_up_the_weights_of_its_rows) {
  const std::vector<PatternCount> counts{{0, 5, 0, 0}, {1, 2, 1, 0.5F}, {1, 1, 1, 2}};
  const WeightedRows rows = rows_by_pattern(three_patterns(), counts, 1);
  EXPECT_EQ(rows.values, (std::vector<float>{2, 20}));
  EXPECT_EQ(rows.labels, (std::vector<float>{2.5F / 5.5F}));
  EXPECT_EQ(rows.weights, (std::vector<float>{5.5F}));
}

TEST(WeightedRows, of_a_class_have_its_label) {
  const WeightedRows rows = rows_by_class(three_patterns(), {{0, 5, 0}, {2, 7, 2}});
  EXPECT_EQ(rows.values, (std::vector<float>{1, 10, 3, 30, 3, 30}));
  EXPECT_EQ(rows.labels, (std::vector<float>{0, 0, 1}));
  EXPECT_EQ(rows.weights, (std::vector<float>{5, 7, 2}));
}

TEST(WeightedRows, of_small_tables_take_one_thread) {
  const Control control{.threads = 8};
  WeightedRows rows{10, std::vector<float>(14000 * 10), {}, {}};
  EXPECT_EQ(threads_that_pay(rows, control), 1);
  rows.values.resize(100000 * 28);
  EXPECT_EQ(threads_that_pay(rows, control), std::min(8, available_cores()));
}

TEST(Learners, refuse_rows_of_one_class) {
  const FitPart part = RowsForTest(200, 1).part();
  std::vector<PatternCount> negatives = part.counts();
  for (PatternCount& count : negatives) count = {count.pattern, count.n0 + count.n1, 0};
  const FitPart one_class = part.resampled(part.shared_patterns(), negatives);
  for (const char* name : {"forest", "xgboost", "lightgbm"}) {
    const auto learner = learner_named(name).make({});
    EXPECT_THROW(learner->fit(one_class, {}, Control{}), Error) << name;
  }
}

TEST(Learners, balance_the_weights_of_rows_and_not_their_numbers) {
  const RowsForTest rows(2000, 3);
  const FitPart part = rows.part();
  std::vector<PatternCount> counts;
  for (const PatternCount& count : part.counts()) {
    if (count.n0 > 0) counts.push_back({count.pattern, count.n0, 0, 1});
    if (count.n1 > 0) counts.push_back({count.pattern, 0, count.n1, 4});
  }
  const FitPart heavy = part.resampled(part.shared_patterns(), counts);
  for (const char* name : {"xgboost", "lightgbm"}) {
    for (const char* patience : {"none", "10"}) {
      const auto learner = learner_named(name).make({{"n_estimators", {"10"}},
                                                     {"scale_pos_weight", {"balanced"}},
                                                     {"early_stopping_rounds", {patience}}});
      const auto alike = std::get<Ensemble>(learner->fit(part, {}, Control{}));
      const auto weighted = std::get<Ensemble>(learner->fit(heavy, {}, Control{}));
      EXPECT_LE(
          largest_difference(scores_of(weighted, rows.columns), scores_of(alike, rows.columns)),
          1e-4)
          << name << ", patience " << patience;
    }
  }
}

TEST(Learners, take_a_category_of_a_thousand_levels) {
  RowsForTest rows(3000, 2);
  rows.schema.features[1] = {"product", FeatureKind::category, std::vector<std::string>(1000, "p")};
  for (std::size_t row = 0; row < rows.columns.rows; ++row) {
    rows.columns.values[1][row] = static_cast<float>(row % 1000);
  }
  const FitPart part = rows.part();
  for (const char* name : {"xgboost", "lightgbm"}) {
    const auto learner = learner_named(name).make({{"n_estimators", {"10"}}});
    const auto ensemble = std::get<Ensemble>(learner->fit(part, {}, Control{}));
    for (const auto& set : ensemble.category_sets) {
      EXPECT_TRUE(set.empty() || set.back() < 1000);
    }
  }
}

}  // namespace
}  // namespace rarewood
