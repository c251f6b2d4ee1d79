#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "rarewood/learn/forest/bootstrap.hpp"
#include "rarewood/learn/forest/forest.hpp"
#include "rarewood/learn/forest/forest_for_test.hpp"
#include "rarewood/learn/forest/forest_rules.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

std::vector<float> row_of(const Patterns& patterns, std::uint32_t pattern) {
  std::vector<float> row;
  for (std::size_t f = 0; f < patterns.features(); ++f) row.push_back(patterns.value(pattern, f));
  return row;
}

Ensemble tree_of(const Ensemble& forest, std::size_t tree) {
  Ensemble one = forest;
  one.roots = {forest.roots[tree]};
  return one;
}

/// Row by row: each drawn row of a pattern is told apart, and one in no draw is out of bag.
std::map<std::pair<std::uint32_t, int>, double> by_rows(const FitPart& part,
                                                        const ForestOptions& options,
                                                        const Ensemble& forest) {
  const Bootstrap bootstrap(part, forest_rules(options, part, {}).bag);
  std::map<std::pair<std::uint32_t, int>, std::pair<double, double>> sums;
  Random random(9, "rows told apart");
  for (std::size_t t = 0; t < forest.trees(); ++t) {
    std::map<std::uint32_t, BagItem> drawn;
    for (const BagItem& item : bootstrap.draw(bag_stream({}, t))) drawn[item.pattern] = item;
    const Ensemble tree = tree_of(forest, t);
    for (const PatternCount& count : part.counts()) {
      const double answer = reference_score(tree, row_of(part.patterns(), count.pattern));
      for (const int positive : {0, 1}) {
        const std::uint32_t rows = positive == 1 ? count.n1 : count.n0;
        const BagItem& item = drawn[count.pattern];
        std::vector<bool> in_bag(rows, false);
        for (std::uint32_t d = 0; d < (positive == 1 ? item.n1() : item.n0()); ++d) {
          in_bag[random.below(rows)] = true;
        }
        auto& [copies, scores] = sums[{count.pattern, positive}];
        for (const bool in : in_bag) {
          copies += in ? 0 : 1;
          scores += in ? 0 : answer;
        }
      }
    }
  }
  std::map<std::pair<std::uint32_t, int>, double> means;
  for (const auto& [at, sum] : sums) {
    if (sum.first > 0) means[at] = sum.second / sum.first;
  }
  return means;
}

TEST(OutOfBag, equals_counting_row_by_row_within_its_error) {
  const FitPart part = random_sessions(1500, 6).part();
  ForestOptions options;
  options.n_estimators = 150;
  options.max_depth = 6;
  const Ensemble forest = fit_forest(part, options, {}, Control{});
  const ScoreList scores = out_of_bag_scores(part, options, {}, forest, Control{});
  std::vector<double> expected;
  for (const auto& [at, mean] : by_rows(part, options, forest)) expected.push_back(mean);
  ASSERT_EQ(scores.size(), expected.size());
  double off = 0;
  std::uint64_t rows = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    off += std::abs(scores[i].score - expected[i]);
    rows += scores[i].n0 + scores[i].n1;
  }
  EXPECT_EQ(rows, part.totals().rows());
  EXPECT_LT(off / static_cast<double>(scores.size()), 0.005);
}

TEST(OutOfBag, does_not_know_the_rows_own_classes) {
  // Classes drawn by coin: trees know their own rows by heart and nothing of others.
  RowsForTest made = random_numbers(600, 3, 7);
  Random random(1, "coin");
  for (std::uint8_t& positive : made.positive) positive = random.below(2) == 0 ? 1 : 0;
  const FitPart part = made.part();
  ForestOptions options;
  const Ensemble forest = fit_forest(part, options, {}, Control{});
  double mean[2] = {0, 0};
  for (const ScoreCount& entry : out_of_bag_scores(part, options, {}, forest, Control{})) {
    mean[entry.n1] += entry.score;
  }
  const ClassTotals totals = part.totals();
  EXPECT_NEAR(mean[1] / static_cast<double>(totals.n1), mean[0] / static_cast<double>(totals.n0),
              0.05);
  options.bootstrap = false;
  EXPECT_THROW(out_of_bag_scores(part, options, {}, forest, Control{}), Error);
}

}  // namespace
}  // namespace rarewood
