#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/learn/forest/bootstrap.hpp"
#include "rarewood/learn/forest/forest.hpp"
#include "rarewood/learn/forest/forest_for_test.hpp"

namespace rarewood {
namespace {

/// The part with weights by the position of a pattern.
template <typename WeightOf>
FitPart weighted(const FitPart& part, WeightOf weight_of) {
  std::vector<PatternCount> counts = part.counts();
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i].weight = weight_of(i);
  return part.resampled(part.shared_patterns(), counts);
}

FitPart copied(const FitPart& part, std::uint32_t (*copies_of)(std::size_t)) {
  std::vector<PatternCount> counts = part.counts();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    counts[i].n0 *= copies_of(i);
    counts[i].n1 *= copies_of(i);
  }
  return part.resampled(part.shared_patterns(), counts);
}

BagLaw law_of(const FitPart& part) {
  const ClassWeightSums sums = part.weight_sums();
  BagLaw law;
  law.draws = part.totals().rows();
  law.share1 = sums.w1 / (sums.w0 + sums.w1);
  law.ticks = weight_ticks(part, 0x1p62 / static_cast<double>(law.draws));
  return law;
}

constexpr double kMost = 0x1p31 / 500;

TEST(WeightTicks, AreInTheRatioOfTheWeights) {
  const FitPart part = random_sessions(500, 1).part();
  EXPECT_TRUE(weight_ticks(part, kMost).empty());
  const FitPart whole = weighted(part, [](std::size_t i) { return static_cast<float>(1 + i % 3); });
  const auto ticks = weight_ticks(whole, kMost);
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    EXPECT_EQ(ticks[i], ticks[0] * static_cast<std::uint64_t>(whole.counts()[i].weight));
  }
  const FitPart wide = weighted(part, [](std::size_t i) { return i % 2 == 0 ? 1e12F : 1e-12F; });
  EXPECT_EQ(*std::min_element(ticks.begin(), ticks.end()), ticks[0]);
  const auto extremes = weight_ticks(wide, kMost);
  EXPECT_EQ(extremes[1], 1U);
  EXPECT_LE(static_cast<double>(extremes[0]), kMost);
  EXPECT_GT(largest_rounding(wide, extremes), 1);
  EXPECT_EQ(largest_rounding(whole, ticks), 0);
  EXPECT_EQ(largest_rounding(part, {}), 0);
}

/// Mean number of draws by entry, over many bags, against what the weights ask for.
void expect_draws_follow_weights(const FitPart& part) {
  const BagLaw law = law_of(part);
  const Bootstrap bootstrap(part, law);
  constexpr int kBags = 400;
  double light = 0;
  double heavy = 0;
  for (std::uint64_t t = 0; t < kBags; ++t) {
    const auto bag = bootstrap.draw({3, "bootstrap", t});
    std::uint64_t all = 0;
    for (const BagItem& item : bag) {
      const std::uint64_t rows = std::uint64_t{item.n0()} + item.n1();
      (item.pattern % 2 == 0 ? heavy : light) += static_cast<double>(rows);
      all += rows;
    }
    ASSERT_EQ(all, law.draws);
  }
  double heavy_weight = 0;
  double all_weight = 0;
  for (const PatternCount& count : part.counts()) {
    const double weight = (static_cast<double>(count.n0) + count.n1) * count.weight;
    all_weight += weight;
    if (count.pattern % 2 == 0) heavy_weight += weight;
  }
  const double draws = static_cast<double>(law.draws) * kBags;
  const double wanted = heavy_weight / all_weight;
  EXPECT_NEAR(heavy / draws, wanted, 5 * std::sqrt(wanted * (1 - wanted) / draws));
}

TEST(WeightedBootstrap, DrawsHeavyRowsMoreOften) {
  expect_draws_follow_weights(weighted(random_sessions(800, 2).part(),
                                       [](std::size_t i) { return i % 2 == 0 ? 3.0F : 0.5F; }));
}

TEST(WeightedBootstrap, DrawsSinglyWhereWeightsAreReal) {
  Random random(9, "weights");
  expect_draws_follow_weights(weighted(random_numbers(9000, 2, 4).part(), [&](std::size_t i) {
    return static_cast<float>(random.uniform()) + (i % 2 == 0 ? 1.0F : 0.1F);
  }));
}

/// Trees without their covers, which are in the measure of the weights.
std::vector<Node> bare(const Ensemble& ensemble) {
  std::vector<Node> nodes = ensemble.nodes;
  for (Node& node : nodes) node.cover = 0;
  return nodes;
}

TEST(WeightedForest, TakesAWeightForSoManyCopiesWithoutABootstrap) {
  const FitPart part = random_sessions(600, 5).part();
  ForestOptions options;
  options.n_estimators = 10;
  options.bootstrap = false;
  const FitPart heavy = weighted(part, [](std::size_t i) { return static_cast<float>(1 + i % 3); });
  const FitPart copies =
      copied(part, [](std::size_t i) { return static_cast<std::uint32_t>(1 + i % 3); });
  const Ensemble of_weights = fit_forest(heavy, options, {}, Control{});
  EXPECT_EQ(bare(of_weights), bare(fit_forest(copies, options, {}, Control{})));
  EXPECT_NE(bare(of_weights), bare(fit_forest(part, options, {}, Control{})));
}

TEST(WeightedForest, IsTheSameForAnyScaleOfTheWeights) {
  const FitPart part = random_sessions(600, 6).part();
  const auto fitted = [&](float scale) {
    return fit_forest(
        weighted(part, [&](std::size_t i) { return scale * static_cast<float>(1 + i % 5); }),
        ForestOptions{.n_estimators = 10}, {}, Control{});
  };
  EXPECT_EQ(fitted(1), fitted(0.25F));
  EXPECT_EQ(fitted(1), fitted(1024));
}

TEST(WeightedForest, IsTheSameForAnyThreads) {
  // Two entries a pattern, and more of them than one block of work holds.
  const FitPart part = random_numbers(12000, 2, 8).part();
  std::vector<PatternCount> counts;
  for (const PatternCount& count : part.counts()) {
    counts.push_back({count.pattern, count.n0, count.n1, 0.5F});
    counts.push_back({count.pattern, count.n0, count.n1, 2});
  }
  const FitPart twice = part.resampled(part.shared_patterns(), counts);
  const ForestOptions options{.n_estimators = 4};
  const Ensemble alone = fit_forest(twice, options, {}, Control{});
  EXPECT_EQ(fit_forest(twice, options, {}, Control{.threads = 3}), alone);
}

TEST(WeightedForest, WarnsWhereWeightsAreRounded) {
  const FitPart part = weighted(random_sessions(600, 5).part(),
                                [](std::size_t i) { return i % 2 == 0 ? 1e12F : 1; });
  std::vector<std::string> said;
  FitRequest request;
  request.warn = [&](const std::string& sentence) { said.push_back(sentence); };
  fit_forest(part, {.n_estimators = 2}, request, Control{});
  EXPECT_TRUE(said.empty()) << "on the draw they are exact";
  fit_forest(part, {.n_estimators = 2, .bootstrap = false}, request, Control{});
  ASSERT_EQ(said.size(), 1U);
  EXPECT_NE(said[0].find("rounded"), std::string::npos);
}

}  // namespace
}  // namespace rarewood
