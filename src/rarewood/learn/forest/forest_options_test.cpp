#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/learn/forest/class_weight.hpp"
#include "rarewood/learn/forest/forest.hpp"
#include "rarewood/learn/forest/forest_for_test.hpp"
#include "rarewood/learn/forest/forest_rules.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

ForestOptions with(const std::vector<std::pair<std::string, std::string>>& pairs) {
  RawOptions raw;
  for (const auto& [name, text] : pairs) raw[name] = {text};
  return read_forest_options(raw);
}

Ensemble fit(const FitPart& part, std::vector<std::pair<std::string, std::string>> pairs) {
  pairs.emplace_back("n_estimators", "10");
  return fit_forest(part, with(pairs), {}, Control{});
}

std::size_t leaves(const Ensemble& forest) {
  return static_cast<std::size_t>(std::count_if(forest.nodes.begin(), forest.nodes.end(),
                                                [](const Node& node) { return node.is_leaf(); }));
}

float answer(const Ensemble& forest, std::vector<float> row) {
  return reference_score(forest, row);
}

TEST(ForestOptions, refuse_contradictions_and_what_is_out_of_range) {
  const std::vector<std::vector<std::pair<std::string, std::string>>> wrong = {
      {{"max_samples", "0.5"}, {"bootstrap", "false"}},
      {{"bag_sampling_strategy", "1"}, {"bootstrap", "false"}},
      {{"bag_sampling_strategy", "1"}, {"max_samples", "7"}},
      {{"bag_sampling_strategy", "1"}, {"class_weight", "balanced"}},
      {{"bag_sampling_strategy", "0"}},
      {{"bag_sampling_strategy", "1.5"}},
      {{"max_samples", "0"}},
      {{"max_samples", "1.5"}},
      {{"max_samples", "-3"}},
      {{"max_samples", "nan"}},
      {{"max_features", "0"}},
      {{"max_features", "nan"}},
      {{"max_leaf_nodes", "1"}},
      {{"min_impurity_decrease", "-0.1"}},
      {{"class_weight", "heavy"}},
      {{"class_weight", "0:1,0:2"}},
      {{"class_weight", "0:1,1:0"}},
      {{"class_weight", "0:1,1:1e9"}},
      {{"class_weight", "0:1,1:inf"}},
      {{"class_weight", "2:1"}},
      {{"class_weight", ""}},
      {{"monotonic_cst", "depth"}},
      {{"monotonic_cst", "depth:2"}},
      {{"monotonic_cst", ":1"}},
  };
  for (const auto& pairs : wrong)
    EXPECT_THROW(with(pairs), Error) << pairs[0].first << " " << pairs[0].second;
}

TEST(ForestOptions, read_weights_shares_and_directions) {
  EXPECT_EQ(parse_class_weight("1:5").by_class, (std::array<double, 2>{1, 5}));
  EXPECT_EQ(parse_class_weight("1:5,0:2").by_class, (std::array<double, 2>{2, 5}));
  EXPECT_EQ(balanced_weights({30, 10}), (std::array<double, 2>{40 / 60.0, 2}));
  EXPECT_EQ(rows_to_draw("none", 1000), 1000U);
  EXPECT_EQ(rows_to_draw("1", 1000), 1U);
  EXPECT_EQ(rows_to_draw("1.0", 1000), 1000U);
  EXPECT_EQ(rows_to_draw("0.25", 1000), 250U);
  EXPECT_EQ(rows_to_draw("0.0001", 1000), 1U);
  const auto directions = directions_by_name({"a:b:1", "c:-1"});
  EXPECT_EQ(directions[0].first, "a:b");
  EXPECT_EQ(directions[1].second, -1);
}

TEST(MaxLeafNodes, makes_the_best_splits_first) {
  const FitPart part = random_sessions(3000, 1).part();
  EXPECT_EQ(leaves(fit(part, {{"max_leaf_nodes", "7"}})), 70U);
  // Enough leaves for all splits: the same trees, in another order of nodes.
  const std::vector<std::pair<std::string, std::string>> all = {{"max_depth", "6"}};
  const Ensemble deep = fit(part, all);
  const Ensemble best = fit(part, {{"max_depth", "6"}, {"max_leaf_nodes", "100000"}});
  EXPECT_EQ(leaves(deep), leaves(best));
  for (float depth = 0; depth < 7; ++depth) {
    EXPECT_EQ(answer(deep, {depth, 3, 1, 2}), answer(best, {depth, 3, 1, 2}));
  }
  // One split: the root's, which no other order changes.
  EXPECT_TRUE(fit(part, {{"max_depth", "1"}}) == fit(part, {{"max_leaf_nodes", "2"}}));
}

TEST(MinImpurityDecrease, is_the_gain_weighed_by_the_share_of_the_bag) {
  // One feature, without bootstrap: root 10 | 10, cut 9,1 | 1,9. Gini 0.5 before, 0.18 after: 0.32.
  RowsForTest made;
  for (int i = 0; i < 20; ++i) {
    const bool right = i >= 10;
    made.positive.push_back(i % 10 == 0 ? !right : right);
    made.columns.values.resize(1);
    made.columns.values[0].push_back(right ? 1 : 0);
  }
  made.columns.rows = 20;
  made.schema.features = {{"x", FeatureKind::number, {}}};
  // part() adds nothing to the training rows, but folds must hold both classes.
  const FitPart part = made.part();
  const auto nodes = [&](const char* decrease, const char* criterion) {
    return fit(part, {{"bootstrap", "false"},
                      {"criterion", criterion},
                      {"min_impurity_decrease", decrease}})
        .nodes.size();
  };
  EXPECT_EQ(nodes("0.3199", "gini"), 30U);
  EXPECT_EQ(nodes("0.3201", "gini"), 10U);
  // Entropy: 1 - 0.4690 = 0.5310.
  EXPECT_EQ(nodes("0.5309", "entropy"), 30U);
  EXPECT_EQ(nodes("0.5311", "entropy"), 10U);
}

TEST(ClassWeightByClass, acts_like_that_many_copies) {
  const RowsForTest made = random_sessions(800, 2);
  RowsForTest tripled = made;
  for (std::size_t i = 0; i < made.columns.rows; ++i) {
    if (made.positive[i] == 0) continue;
    for (int copy = 0; copy < 2; ++copy) {
      for (std::size_t f = 0; f < 4; ++f) {
        tripled.columns.values[f].push_back(made.columns.values[f][i]);
      }
      tripled.positive.push_back(1);
      ++tripled.columns.rows;
    }
  }
  const Ensemble weighted =
      fit(made.part(), {{"bootstrap", "false"}, {"max_depth", "5"}, {"class_weight", "1:3"}});
  const Ensemble copied = fit(tripled.part(), {{"bootstrap", "false"}, {"max_depth", "5"}});
  EXPECT_TRUE(weighted == copied);
}

TEST(ClassWeightBySubsample, balances_each_bag_exactly) {
  const FitPart part = random_sessions(2000, 3).part();
  const Ensemble forest = fit(part, {{"class_weight", "balanced_subsample"}, {"max_depth", "1"}});
  for (const std::uint32_t root : forest.roots) {
    const Node& node = forest.nodes[root];
    const Node& left = forest.nodes[node.left];
    const Node& right = forest.nodes[node.right];
    EXPECT_NEAR((left.value * left.cover + right.value * right.cover) / node.cover, 0.5, 1e-4);
  }
}

TEST(MaxSamples, sets_how_many_rows_a_tree_draws) {
  const FitPart part = random_sessions(2000, 3).part();
  for (const auto& [text, rows] : std::vector<std::pair<std::string, float>>{
           {"1", 1}, {"100", 100}, {"0.5", 1000}, {"5000", 5000}}) {
    const Ensemble forest = fit(part, {{"max_samples", text}});
    for (const std::uint32_t root : forest.roots) EXPECT_EQ(forest.nodes[root].cover, rows) << text;
  }
}

TEST(BagSamplingStrategy, draws_the_minority_whole_and_the_majority_in_proportion) {
  const FitPart part = random_sessions(2000, 3).part();
  const double minority = static_cast<double>(part.totals().n1);
  const Ensemble forest = fit(part, {{"bag_sampling_strategy", "0.8"}, {"max_depth", "1"}});
  for (const std::uint32_t root : forest.roots) {
    const Node& node = forest.nodes[root];
    EXPECT_EQ(node.cover, minority + std::floor(minority / 0.8));
    const Node& left = forest.nodes[node.left];
    const Node& right = forest.nodes[node.right];
    EXPECT_NEAR((left.value * left.cover + right.value * right.cover) / node.cover, 0.8 / 1.8,
                1e-3);
  }
  EXPECT_THROW(fit(part, {{"bag_sampling_strategy", "0.01"}}), Error);
}

TEST(MonotonicCst, holds_along_the_feature_whatever_the_data_say) {
  const FitPart part = random_sessions(3000, 4).part();
  for (const float direction : {1.0F, -1.0F}) {
    const std::string text = direction > 0 ? "depth:1,hour:1" : "depth:-1,hour:-1";
    for (const char* splitter : {"best", "random"}) {
      const Ensemble forest = fit(part, {{"monotonic_cst", text}, {"splitter", splitter}});
      EXPECT_GT(leaves(forest), 20U);
      for (float hour = 0; hour < 24; ++hour) {
        for (float depth = 0; depth < 6; ++depth) {
          const float here = answer(forest, {depth, hour, 1, 2});
          EXPECT_GE((answer(forest, {depth + 1, hour, 1, 2}) - here) * direction, 0);
          EXPECT_GE((answer(forest, {depth, hour + 1, 1, 2}) - here) * direction, 0);
        }
      }
    }
  }
  EXPECT_THROW(fit(part, {{"monotonic_cst", "deepth:1"}}), Error);
  EXPECT_THROW(fit(part, {{"monotonic_cst", "source:1"}}), Error);
}

TEST(SplitterRandom, draws_thresholds_evenly_between_the_extremes) {
  const FitPart part = random_numbers(2000, 1, 5).part();
  const Ensemble forest = fit_forest(
      part, with({{"splitter", "random"}, {"max_depth", "1"}, {"n_estimators", "400"}}), {}, {});
  double sum = 0;
  double squares = 0;
  for (const std::uint32_t root : forest.roots) {
    const double value = forest.nodes[root].value;
    sum += value;
    squares += value * value;
  }
  const double mean = sum / 400;
  EXPECT_NEAR(mean, 0.5, 0.05);
  EXPECT_NEAR(squares / 400 - mean * mean, 1 / 12.0, 0.012);
}

}  // namespace
}  // namespace rarewood
