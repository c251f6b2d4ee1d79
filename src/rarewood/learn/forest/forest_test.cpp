#include "rarewood/learn/forest/forest.hpp"

#include <cmath>
#include <limits>
#include <map>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/learn/forest/bootstrap.hpp"
#include "rarewood/learn/forest/forest_for_test.hpp"
#include "rarewood/learn/forest/grow_tree.hpp"
#include "rarewood/pattern/split.hpp"

namespace rarewood {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

/// A pattern list written row by row.
Patterns patterns_of(const std::vector<std::vector<float>>& rows,
                     std::vector<std::uint32_t> category_counts) {
  Patterns patterns;
  patterns.count = rows.size();
  patterns.category_counts = std::move(category_counts);
  for (std::size_t f = 0; f < patterns.features(); ++f) {
    for (const auto& row : rows) patterns.values.push_back(row[f]);
  }
  return patterns;
}

BagItem item(std::uint32_t pattern, std::uint64_t n0, std::uint64_t n1) {
  return {pattern, static_cast<std::uint32_t>(n0 + n1), n0 << 32 | n1};
}

TreeRules all_features(std::size_t features) {
  TreeRules rules;
  rules.max_features = static_cast<std::uint32_t>(features);
  return rules;
}

/// All patterns once, in a part of their own.
FitPart part_of(const Patterns& patterns) {
  CellTable table{std::make_shared<Patterns>(patterns), {}};
  for (std::uint32_t p = 0; p < patterns.count; ++p) {
    table.cells.push_back({p, p % 2, 1, 1});
    if (p == 0) table.cells.insert(table.cells.end(), {{0, 1, 1, 1}, {0, kTestFold, 1, 1}});
  }
  return split_by_fold(table, 2).train.all();
}

GrownTree grow(const Patterns& patterns, std::vector<BagItem> bag, const TreeRules& rules) {
  return grow_tree(bin_patterns(part_of(patterns), Control{}), bag, rules, 1);
}

TEST(Bins, hold_values_in_order_and_categories_by_code) {
  const Patterns patterns =
      patterns_of({{5, 2}, {1, 0}, {kMissing, kMissing}, {3, 1}, {1, 2}}, {0, 4});
  const BinnedPatterns binned = bin_patterns(part_of(patterns), Control{});
  const std::vector<std::vector<std::uint8_t>> codes = {{2, 2}, {0, 0}, {3, 4}, {1, 1}, {0, 2}};
  for (std::uint32_t p = 0; p < patterns.count; ++p) {
    EXPECT_EQ(binned.coarse.row(p)[0], codes[p][0]);
    EXPECT_EQ(binned.coarse.row(p)[1], codes[p][1]);
  }
  EXPECT_TRUE(binned.fine.empty());
}

TEST(Bins, of_more_values_than_a_byte_tells_apart_are_kept_twice) {
  std::vector<std::vector<float>> rows;
  for (int i = 0; i < 1000; ++i) rows.push_back({static_cast<float>(i % 3), static_cast<float>(i)});
  const BinnedPatterns binned = bin_patterns(part_of(patterns_of(rows, {0, 0})), Control{});
  EXPECT_FALSE(binned.features[0].wide);
  ASSERT_TRUE(binned.features[1].wide);
  EXPECT_EQ(binned.features[1].coarse.count, 255);
  EXPECT_EQ(binned.features[1].fine.count, 1000);
  for (std::uint32_t p = 0; p < 1000; ++p) {
    EXPECT_EQ(binned.fine.row(p)[0], p);
    const Bins& coarse = binned.features[1].coarse;
    EXPECT_LE(coarse.lowest[binned.coarse.row(p)[1]], static_cast<float>(p));
    EXPECT_GE(coarse.highest[binned.coarse.row(p)[1]], static_cast<float>(p));
  }
}

/// How many of the patterns with values 0 .. n-1 each coarse bin holds.
std::vector<int> held_by_bins(int n, std::size_t bins) {
  std::vector<std::vector<float>> rows;
  for (int i = 0; i < n; ++i) rows.push_back({static_cast<float>(i)});
  const BinnedPatterns binned = bin_patterns(part_of(patterns_of(rows, {0})), bins, Control{});
  EXPECT_EQ(binned.features[0].coarse.count, bins);
  std::vector<int> held(bins, 0);
  for (int p = 0; p < n; ++p) ++held[binned.coarse.row(static_cast<std::uint32_t>(p))[0]];
  return held;
}

TEST(Bins, hold_few_values_at_the_ends_and_equally_many_within) {
  // Ends of a quarter of the bins: 1, then 100^(1/2) = 10; the rest shares 1000 - 22.
  EXPECT_EQ(held_by_bins(1000, 10), (std::vector<int>{1, 10, 163, 163, 163, 163, 163, 163, 10, 1}));
}

TEST(Bins, grow_inwards_by_a_seventh) {
  const std::vector<int> held = held_by_bins(24000, 255);
  double size = 1;
  for (std::size_t i = 0; size < 120; ++i, size *= 1.15) {
    EXPECT_NEAR(held[i], size, 1);
    EXPECT_NEAR(held[254 - i], size, 1);
  }
  for (std::size_t i = 40; i < 215; ++i) EXPECT_NEAR(held[i], 120, 1);
}

TEST(Tree, cuts_in_the_middle_of_the_empty_stretch) {
  const Patterns patterns = patterns_of({{1}, {2}, {6}, {7}}, {0});
  const GrownTree tree =
      grow(patterns, {item(0, 5, 0), item(1, 5, 0), item(2, 0, 5), item(3, 0, 5)}, all_features(1));
  ASSERT_EQ(tree.nodes.size(), 3U);
  EXPECT_EQ(tree.nodes[0].value, 4);
  EXPECT_EQ(tree.nodes[1].value, 0);
  EXPECT_EQ(tree.nodes[2].value, 1);
  EXPECT_EQ(tree.nodes[0].cover, 20);
  EXPECT_EQ(tree.nodes[1].cover, 10);
}

TEST(Tree, chooses_the_cut_of_least_gini) {
  // By hand: x0 <= 1.5 leaves (8,1 | 2,9): 65/9 + 85/11 = 14.95; x1 <= 0.5 (5,5 | 5,5): 10.
  const Patterns patterns = patterns_of({{1, 0}, {1, 1}, {2, 0}, {2, 1}}, {0, 0});
  TreeRules rules = all_features(2);
  rules.max_depth = 1;
  const GrownTree tree =
      grow(patterns, {item(0, 4, 0), item(1, 4, 1), item(2, 1, 5), item(3, 1, 4)}, rules);
  ASSERT_EQ(tree.nodes.size(), 3U);
  EXPECT_EQ(tree.nodes[0].feature, 0);
  EXPECT_NEAR(tree.nodes[1].value, 1.0 / 9, 1e-5);
  EXPECT_NEAR(tree.nodes[2].value, 9.0 / 11, 1e-5);
}

TEST(Tree, sends_missing_values_where_they_belong) {
  const Patterns patterns = patterns_of({{1}, {2}, {kMissing}}, {0});
  const GrownTree right =
      grow(patterns, {item(0, 9, 0), item(1, 0, 9), item(2, 0, 9)}, all_features(1));
  EXPECT_EQ(right.nodes[0].value, 1.5F);
  EXPECT_FALSE(right.nodes[0].missing_left);
  const GrownTree left =
      grow(patterns, {item(0, 9, 0), item(1, 0, 9), item(2, 9, 0)}, all_features(1));
  EXPECT_TRUE(left.nodes[0].missing_left);
  const GrownTree alone =
      grow(patterns, {item(0, 9, 0), item(1, 9, 0), item(2, 0, 9)}, all_features(1));
  ASSERT_EQ(alone.nodes.size(), 3U);
  EXPECT_EQ(alone.nodes[0].value, std::numeric_limits<float>::max());  // every value left
  EXPECT_FALSE(alone.nodes[0].missing_left);
}

TEST(Tree, splits_categories_by_sets) {
  const Patterns patterns = patterns_of({{0}, {1}, {2}, {3}}, {4});
  const GrownTree tree =
      grow(patterns, {item(0, 0, 9), item(1, 9, 0), item(2, 0, 9), item(3, 9, 0)}, all_features(1));
  ASSERT_EQ(tree.nodes.size(), 3U);
  ASSERT_EQ(tree.nodes[0].category_set, 0);
  EXPECT_EQ(tree.category_sets[0], (std::vector<std::uint32_t>{1, 3}));
}

TEST(Tree, sends_levels_it_has_not_met_where_most_rows_go) {
  const Patterns patterns = patterns_of({{0}, {1}, {2}}, {3});  // no row of the last one
  const auto set_of = [&](std::uint32_t n0, std::uint32_t n1) {
    const GrownTree tree = grow(patterns, {item(0, n0, n1), item(1, 19, 1)}, all_features(1));
    EXPECT_EQ(tree.nodes.size(), 3U);
    EXPECT_FALSE(tree.nodes[0].missing_left);
    return tree.category_sets.at(0);
  };
  EXPECT_EQ(set_of(4, 6), (std::vector<std::uint32_t>{0}));
  EXPECT_EQ(set_of(40, 60), (std::vector<std::uint32_t>{1}));
}

TEST(Tree, counts_distinct_rows_for_its_size_rules) {
  // Five copies of one row are one row: too few for min_samples_leaf = 2 on that side.
  const Patterns patterns = patterns_of({{1}, {2}}, {0});
  TreeRules rules = all_features(1);
  rules.split.min_samples_leaf = 2;
  BagItem copies{0, 1, std::uint64_t{5} << 32};
  EXPECT_EQ(grow(patterns, {copies, item(1, 0, 5)}, rules).nodes.size(), 1U);
  copies.rows = 2;
  EXPECT_EQ(grow(patterns, {copies, item(1, 0, 5)}, rules).nodes.size(), 3U);
}

TEST(Tree, is_the_same_on_equal_rows_kept_apart_or_folded) {
  Random random(3, "tree test");
  for (int round = 0; round < 20; ++round) {
    std::vector<std::vector<float>> folded;
    std::vector<std::vector<float>> apart;
    std::vector<BagItem> folded_bag;
    std::vector<BagItem> apart_bag;
    std::map<std::vector<float>, std::uint32_t> place;
    for (int i = 0; i < 300; ++i) {
      const std::vector<float> row{static_cast<float>(random.below(4)),
                                   static_cast<float>(random.below(6)),
                                   static_cast<float>(random.below(3))};
      const BagItem one = item(static_cast<std::uint32_t>(i), random.below(3) == 0 ? 0 : 1,
                               random.below(3) == 0 ? 1 : 0);
      if (one.weight == 0) {
        apart.push_back(row);
        continue;
      }
      apart.push_back(row);
      apart_bag.push_back(one);
      const auto [at, fresh] = place.emplace(row, static_cast<std::uint32_t>(folded.size()));
      if (fresh) {
        folded.push_back(row);
        folded_bag.push_back({at->second, 0, 0});
      }
      folded_bag[at->second].weight += one.weight;
      folded_bag[at->second].rows += one.rows;
    }
    TreeRules rules;
    rules.max_features = 2;
    rules.min_samples_split = 4;
    const GrownTree a = grow(patterns_of(apart, {0, 0, 3}), apart_bag, rules);
    const GrownTree b = grow(patterns_of(folded, {0, 0, 3}), folded_bag, rules);
    EXPECT_TRUE(a.nodes == b.nodes);
    EXPECT_TRUE(a.category_sets == b.category_sets);
    EXPECT_GT(a.nodes.size(), 10U);
  }
}

TEST(Bootstrap, draws_as_many_rows_as_there_are_by_the_multinomial_law) {
  const Split split = random_split(3000, 1);
  const FitPart part = split.train.all();
  const ClassTotals totals = part.totals();
  const Bootstrap bootstrap(part, {totals.rows(), totals.base_rate(), std::nullopt, 0});
  const int draws = 3000;
  std::vector<double> sum(part.patterns().count, 0);
  std::vector<double> squares(part.patterns().count, 0);
  for (int t = 0; t < draws; ++t) {
    std::uint64_t rows = 0;
    for (const BagItem& in : bootstrap.draw(Random(5, "bootstrap", static_cast<unsigned>(t)))) {
      const double drawn = in.n0() + static_cast<double>(in.n1());
      rows += in.n0() + std::uint64_t{in.n1()};
      sum[in.pattern] += drawn;
      squares[in.pattern] += drawn * drawn;
    }
    ASSERT_EQ(rows, totals.rows());
  }
  double worst = 0;
  double variance_ratio = 0;
  for (const PatternCount& count : part.counts()) {
    const double n = count.n0 + static_cast<double>(count.n1);
    const double mean = sum[count.pattern] / draws;
    const double variance = n * (1 - n / static_cast<double>(totals.rows()));
    worst = std::max(worst, std::abs(mean - n) / std::sqrt(variance / draws));
    variance_ratio += (squares[count.pattern] / draws - mean * mean) / variance;
  }
  EXPECT_LT(worst, 5);
  EXPECT_NEAR(variance_ratio / static_cast<double>(part.counts().size()), 1, 0.01);
}

TEST(Bootstrap, counts_distinct_rows_as_drawing_row_by_row_would) {
  KeyedDraws random(2);
  double sum = 0;
  for (int i = 0; i < 20000; ++i) sum += draw_occupancy(random, 10, 10, 100);
  EXPECT_NEAR(sum / 20000, 10 * (1 - std::pow(0.9, 10)), 0.04);
  EXPECT_EQ(draw_occupancy(random, 1000, 1000, 5), 5U);
  EXPECT_EQ(draw_occupancy(random, 1, 9, 5), 1U);
}

TEST(Forest, is_the_same_for_any_number_of_threads) {
  const Split split = random_split(2000, 2);
  ForestOptions options;
  options.n_estimators = 12;
  options.min_samples_split = 5;
  options.class_weight = "balanced";
  const Ensemble one = fit_forest(split.train.all(), options, {}, Control{});
  for (const int threads : {2, 3, 8}) {
    Control control;
    control.threads = threads;
    EXPECT_TRUE(fit_forest(split.train.all(), options, {}, control) == one);
  }
  EXPECT_FALSE(fit_forest(split.train.all(), options, {7, 0}, Control{}) == one);
}

TEST(Forest, does_not_see_rows_held_back) {
  // Two tables that differ in the values of the test rows alone: the same trees.
  const auto trained = [](float test_scale) {
    CellTable table;
    auto patterns = std::make_shared<Patterns>();
    patterns->count = 3000;
    patterns->category_counts = {0};
    Random random(8, "held back");
    for (std::uint32_t p = 0; p < 3000; ++p) {
      const bool test = p % 3 == 2;
      const auto value = static_cast<float>(random.uniform());
      patterns->values.push_back(test ? value * test_scale : value);
      const bool positive = random.uniform() < value;
      table.cells.push_back({p, test ? kTestFold : p % 3, positive ? 0U : 1U, positive ? 1U : 0U});
    }
    table.patterns = patterns;
    ForestOptions options;
    options.n_estimators = 3;
    return fit_forest(split_by_fold(table, 2).train.all(), options, {}, Control{});
  };
  EXPECT_TRUE(trained(1) == trained(0.1F));
}

TEST(Forest, keeps_leaf_values_on_the_grid_that_sums_exactly) {
  const Split split = random_split(2000, 2);
  for (const int trees : {3, 300}) {
    ForestOptions options;
    options.n_estimators = trees;
    options.max_depth = 4;
    const Ensemble forest = fit_forest(split.train.all(), options, {}, Control{});
    const float quantum = leaf_quantum(static_cast<std::size_t>(trees));
    for (const Node& node : forest.nodes) {
      if (!node.is_leaf()) continue;
      EXPECT_EQ(std::fmod(node.value, quantum), 0);
      EXPECT_LE(node.value, 1);
    }
  }
}

TEST(Forest, balances_by_draw_and_by_split_to_the_same_root) {
  const Split split = random_split(4000, 4);
  ForestOptions options;
  options.n_estimators = 200;
  options.max_depth = 1;
  options.class_weight = "balanced";
  for (const WeightMeaning meaning : {WeightMeaning::draw, WeightMeaning::split}) {
    options.class_weight_as = meaning;
    const Ensemble forest = fit_forest(split.train.all(), options, {}, Control{});
    double share = 0;
    for (const std::uint32_t root : forest.roots) {
      const Node& node = forest.nodes[root];
      ASSERT_FALSE(node.is_leaf());
      const Node& left = forest.nodes[node.left];
      const Node& right = forest.nodes[node.right];
      share += (left.value * left.cover + right.value * right.cover) / node.cover / 200;
    }
    EXPECT_NEAR(share, 0.5, 0.01);
  }
}

TEST(Forest, refuses_what_it_cannot_do_in_a_sentence) {
  const Split split = random_split(500, 5);
  ForestOptions options;
  options.max_features = "none of them";
  EXPECT_THROW(fit_forest(split.train.all(), options, {}, Control{}), Error);
  EXPECT_THROW(forest_options().make({{"n_estimators", {"0"}}}), Error);
  EXPECT_THROW(forest_options().make({{"max_depth", {"-1"}}}), Error);
}

TEST(Forest, stops_when_asked_to) {
  const Split split = random_split(500, 5);
  std::stop_source source;
  source.request_stop();
  Control control;
  control.stop = source.get_token();
  EXPECT_THROW(fit_forest(split.train.all(), ForestOptions{}, {}, control), Error);
}

}  // namespace
}  // namespace rarewood
