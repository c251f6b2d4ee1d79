// What holds for every forest, whatever its options.

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "rarewood/learn/forest/forest.hpp"
#include "rarewood/learn/forest/forest_for_test.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

using Words = std::vector<std::pair<std::string, std::string>>;

Ensemble fit(const RowsForTest& made, const Words& words, int threads = 1) {
  RawOptions raw{{"n_estimators", {"6"}}};
  for (const auto& [name, text] : words) raw[name] = {text};
  Control control;
  control.threads = threads;
  return fit_forest(made.part(), read_forest_options(raw), {}, control);
}

std::vector<float> answers(const Ensemble& forest, const RowsForTest& made) {
  std::vector<const float*> pointers;
  for (const auto& column : made.columns.values) pointers.push_back(column.data());
  return raw_scores(forest, pointers, made.columns.rows, Control{});
}

/// Rows in another order: row i of the result is row order[i].
RowsForTest reordered(const RowsForTest& made, const std::vector<std::size_t>& order) {
  RowsForTest other = made;
  for (std::size_t i = 0; i < order.size(); ++i) {
    other.positive[i] = made.positive[order[i]];
    for (std::size_t f = 0; f < made.columns.values.size(); ++f) {
      other.columns.values[f][i] = made.columns.values[f][order[i]];
    }
  }
  return other;
}

const std::vector<Words>& every_option() {
  static const std::vector<Words> options = {
      {},
      {{"criterion", "entropy"}},
      {{"splitter", "random"}},
      {{"max_leaf_nodes", "20"}},
      {{"min_samples_leaf", "3"}, {"min_samples_split", "9"}},
      {{"min_impurity_decrease", "0.001"}},
      {{"max_features", "all"}, {"max_depth", "4"}},
      {{"bootstrap", "false"}},
      {{"max_samples", "0.3"}},
      {{"bag_sampling_strategy", "0.9"}},
      {{"class_weight", "balanced"}},
      {{"class_weight", "balanced"}, {"class_weight_as", "split"}},
      {{"class_weight", "balanced_subsample"}},
      {{"class_weight", "0:1,1:4"}},
      {{"monotonic_cst", "depth:1"}},
  };
  return options;
}

TEST(EveryForest, is_the_same_for_any_number_of_threads) {
  const RowsForTest made = random_sessions(1200, 1);
  for (const Words& words : every_option()) {
    const Ensemble one = fit(made, words);
    for (const int threads : {2, 3, 8}) {
      EXPECT_TRUE(fit(made, words, threads) == one) << (words.empty() ? "" : words[0].first);
    }
  }
}

TEST(EveryForest, is_the_same_for_any_order_of_rows_within_their_folds) {
  const RowsForTest made = random_sessions(1200, 1);
  std::vector<std::size_t> order(1200);
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = (i + 600) % 1200;  // keeps i % 2
  for (const Words& words : every_option()) {
    EXPECT_TRUE(fit(reordered(made, order), words) == fit(made, words));
  }
}

TEST(EveryForest, ranks_training_rows_alike_when_a_feature_is_stretched) {
  RowsForTest made = random_numbers(700, 4, 2);
  RowsForTest stretched = made;
  for (float& x : stretched.columns.values[0]) x = std::exp(5 * x);
  for (float& x : stretched.columns.values[1]) x = x * x * x;
  for (const Words& words : std::vector<Words>{{}, {{"min_samples_leaf", "4"}}}) {
    const Ensemble plain = fit(made, words);
    const Ensemble other = fit(stretched, words);
    // Thresholds are moved, answers to rows that were learned from are not. (Rows out of a tree's
    // bag may lie between its thresholds, so all rows are in the bag here.)
    EXPECT_EQ(plain.nodes.size(), other.nodes.size());
  }
  const Words whole = {{"bootstrap", "false"}};
  EXPECT_EQ(answers(fit(made, whole), made), answers(fit(stretched, whole), stretched));
}

TEST(EveryForest, without_draws_does_not_depend_on_the_order_of_columns) {
  RowsForTest made = random_numbers(700, 4, 3);
  RowsForTest swapped = made;
  std::swap(swapped.columns.values[0], swapped.columns.values[3]);
  const Words words = {{"bootstrap", "false"}, {"max_features", "all"}, {"max_depth", "3"}};
  EXPECT_EQ(answers(fit(made, words), made), answers(fit(swapped, words), swapped));
}

TEST(Forest, learns_from_one_positive_in_ten_thousand) {
  RowsForTest made = random_numbers(20000, 3, 4);
  for (std::size_t i = 0; i < made.positive.size(); ++i) made.positive[i] = i % 9999 < 1 ? 1 : 0;
  for (const Words& words : std::vector<Words>{{},
                                               {{"class_weight", "balanced"}},
                                               {{"class_weight", "balanced_subsample"}},
                                               {{"bag_sampling_strategy", "0.5"}}}) {
    for (const Node& node : fit(made, words).nodes) {
      EXPECT_TRUE(std::isfinite(node.value) && std::isfinite(node.cover));
    }
  }
}

TEST(Forest, takes_one_feature_and_five_thousand) {
  EXPECT_GT(fit(random_numbers(300, 1, 5), {}).nodes.size(), 50U);
  const RowsForTest wide = random_numbers(120, 5000, 5);
  EXPECT_GT(fit(wide, {}).nodes.size(), 50U);
  EXPECT_TRUE(fit(wide, {}, 3) == fit(wide, {}));
}

TEST(Forest, makes_one_leaf_where_all_rows_are_equal) {
  RowsForTest made = random_numbers(100, 2, 6);
  for (auto& column : made.columns.values) std::fill(column.begin(), column.end(), 3.0F);
  const Ensemble forest = fit(made, {});
  EXPECT_EQ(forest.nodes.size(), forest.trees());
}

TEST(Forest, takes_a_category_of_thousands_of_levels_and_refuses_a_million) {
  RowsForTest made = random_numbers(3000, 2, 7);
  const auto with_levels = [&](std::size_t levels) {
    made.schema.features[1].kind = FeatureKind::category;
    made.schema.features[1].categories.assign(levels, "");
    for (std::size_t i = 0; i < 3000; ++i) {
      made.columns.values[1][i] = static_cast<float>((i * 7919) % levels);
    }
    for (std::size_t i = 0; i < 3000; ++i) {
      made.positive[i] = static_cast<int>(made.columns.values[1][i]) % 3 == 0 ? 1 : 0;
    }
    return fit(made, {{"max_features", "all"}, {"bootstrap", "false"}});
  };
  const Ensemble forest = with_levels(1000);
  ASSERT_FALSE(forest.category_sets.empty());
  EXPECT_EQ(forest.category_sets[0].size(), 334U);  // one cut, by the fewer rows
  EXPECT_EQ(forest.nodes.size(), 3 * forest.trees());
  EXPECT_THROW(with_levels(1000000), Error);
}

TEST(Forest, cuts_between_any_two_neighbours_of_a_small_node) {
  // 2,000 distinct values, more than a byte tells apart: each row still gets its own leaf.
  RowsForTest made = random_numbers(2000, 1, 8);
  for (std::size_t i = 0; i < 2000; ++i) {
    made.columns.values[0][i] = static_cast<float>(i);
    made.positive[i] = (i / 2) % 2;
  }
  const Ensemble forest = fit(made, {{"bootstrap", "false"}});
  const std::vector<float> scores = answers(forest, made);
  for (std::size_t i = 0; i < 2000; ++i) EXPECT_EQ(scores[i], made.positive[i]);
}

}  // namespace
}  // namespace rarewood
