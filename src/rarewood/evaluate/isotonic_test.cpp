#include "rarewood/evaluate/isotonic.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/scores_for_test.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {
namespace {

// The rule against leaks: only out-of-fold scores calibrate.
template <typename T>
constexpr bool kCalibrates = requires(const T& scores) { fit_isotonic(scores); };
static_assert(kCalibrates<OofScores>);
static_assert(!kCalibrates<TestScores>);
static_assert(!kCalibrates<FitPart>);

ScoreList drawn(std::uint64_t rows_each, double most) {
  Random random(7, "isotonic test");
  ScoreList list;
  for (int i = 0; i <= 1000; ++i) {
    const std::uint64_t n1 = draw_binomial(random, rows_each, most * std::pow(i / 1000.0, 3));
    list.push_back({i / 1000.0, rows_each - n1, n1});
  }
  return list;
}

TEST(IsotonicBlocks, PoolAdjacentViolators) {
  const auto blocks = isotonic_blocks({{0.1, 9, 1}, {0.2, 5, 5}, {0.3, 6, 4}, {0.4, 1, 9}});
  ASSERT_EQ(blocks.size(), 3U);
  EXPECT_EQ(blocks[1].n0, 11U);
  EXPECT_DOUBLE_EQ(blocks[1].mean, 0.25);
  EXPECT_EQ(blocks[1].lowest, 0.2);
  EXPECT_EQ(blocks[1].highest, 0.3);
}

TEST(Isotonic, IsNearTheTruthAndKeepsTheOrderOfAllScores) {
  const ScoreList list = drawn(200, 0.6);
  const auto map = fit_isotonic(ScoresForTest::out_of_fold(list));
  ASSERT_TRUE(map.has_value());
  ScoreList mapped = list;
  float before = -1;
  for (ScoreCount& entry : mapped) {
    const float p = calibrated(*map, static_cast<float>(entry.score));
    EXPECT_GT(p, before);
    EXPECT_NEAR(static_cast<double>(p), 0.6 * std::pow(entry.score, 3), 0.06);
    before = p;
    entry.score = static_cast<double>(p);
  }
  EXPECT_EQ(compute_metrics(mapped, 0.5).auc_roc, compute_metrics(list, 0.5).auc_roc);
}

TEST(Isotonic, HasNoBlockOfFewRows) {
  const ScoreList list = drawn(3, 0.2);
  const auto map = fit_isotonic(ScoresForTest::out_of_fold(list));
  ASSERT_TRUE(map.has_value());
  EXPECT_LE(map->x.size() - 4, class_totals(list).n1 / kFewestInBlock);
  EXPECT_GT(map->y.front(), 0);
  EXPECT_LT(map->y.back(), 1);
}

TEST(Isotonic, CannotBeHadFromFewPositives) {
  EXPECT_FALSE(fit_isotonic(ScoresForTest::out_of_fold({{0.1, 900, 9}, {0.9, 50, 10}})));
  EXPECT_FALSE(fit_isotonic(ScoresForTest::out_of_fold({{0.1, 900, 90}})));
  EXPECT_FALSE(fit_isotonic(ScoresForTest::out_of_fold({{0.1, 100, 90}, {0.9, 900, 10}})));
  EXPECT_TRUE(fit_isotonic(ScoresForTest::out_of_fold({{0.1, 900, 10}, {0.9, 50, 10}})));
}

TEST(Isotonic, TakesLogOdds) {
  ScoreList list;
  for (int i = -60; i <= 60; ++i) {
    const auto n1 = static_cast<std::uint64_t>(1000 / (1 + std::exp(-i / 10.0)));
    list.push_back({i / 10.0, 1000 - n1, n1});
  }
  const auto map = fit_isotonic(ScoresForTest::out_of_fold(list, ScoreScale::log_odds));
  ASSERT_TRUE(map.has_value());
  EXPECT_NEAR(calibrated(*map, 1), 1 / (1 + std::exp(-1.0)), 0.005);
  EXPECT_LT(calibrated(*map, -10), calibrated(*map, -6));
}

}  // namespace
}  // namespace rarewood
