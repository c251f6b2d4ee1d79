#include "rarewood/evaluate/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/scores_for_test.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {
namespace {

// The rule against leaks: only out-of-fold scores calibrate.
template <typename T>
constexpr bool kCalibrates = requires(const T& scores) { fit_platt(scores); };
static_assert(kCalibrates<OofScores>);
static_assert(!kCalibrates<TestScores>);
static_assert(!kCalibrates<ScoreList>);
static_assert(!kCalibrates<FitPart>);
static_assert(!kCalibrates<CheckPart>);
static_assert(!kCalibrates<TestPart>);

/// Scores whose true probability is the sigmoid of slope * logit + intercept.
ScoreList drawn(double slope, double intercept, std::uint64_t rows_each) {
  Random random(3, "calibration test");
  ScoreList list;
  for (int i = 1; i < 400; ++i) {
    const double score = i / 400.0;
    const double f = slope * std::log(score / (1 - score)) + intercept;
    const std::uint64_t n1 = draw_binomial(random, rows_each, 1 / (1 + std::exp(-f)));
    list.push_back({score, rows_each - n1, n1});
  }
  return list;
}

void expect_sound(const Calibrator& map) {
  ASSERT_GE(map.x.size(), 2U);
  ASSERT_EQ(map.x.size(), map.y.size());
  EXPECT_TRUE(std::is_sorted(map.x.begin(), map.x.end(), std::less_equal<>()));  // strictly
  EXPECT_TRUE(std::is_sorted(map.y.begin(), map.y.end()));
  EXPECT_GE(map.y.front(), 0);
  EXPECT_LE(map.y.back(), 1);
}

TEST(Platt, RecoversTheSigmoidThatMadeTheClasses) {
  const PlattFit fit = fit_platt(ScoresForTest::out_of_fold(drawn(0.7, -2, 4000)));

  EXPECT_NEAR(fit.slope, 0.7, 0.01);
  EXPECT_NEAR(fit.intercept, -2, 0.01);
  EXPECT_EQ(fit.calibrator.method, "platt");
  expect_sound(fit.calibrator);
}

TEST(Platt, KeepsTheMeanAndTheMapNearTheSigmoid) {
  ScoreList list = drawn(1.4, -3, 500);
  const ClassTotals totals = class_totals(list);
  const PlattFit fit = fit_platt(ScoresForTest::out_of_fold(list));

  double sum = 0;
  for (const ScoreCount& entry : list) {
    const double mapped =
        static_cast<double>(calibrated(fit.calibrator, static_cast<float>(entry.score)));
    const double f = fit.slope * std::log(entry.score / (1 - entry.score)) + fit.intercept;
    EXPECT_NEAR(mapped, 1 / (1 + std::exp(-f)), 1e-4);
    sum += mapped * static_cast<double>(entry.n0 + entry.n1);
  }
  EXPECT_LE(fit.deviation, 1e-4);
  EXPECT_NEAR(sum / static_cast<double>(totals.rows()), totals.base_rate(), 1e-4);
}

TEST(Platt, KeepsTheOrderOfAllScores) {
  const PlattFit fit = fit_platt(ScoresForTest::out_of_fold(drawn(1.4, -3, 500)));
  const Calibrator& map = fit.calibrator;
  EXPECT_EQ(map.x.front(), 0);
  EXPECT_EQ(map.x.back(), 1);
  EXPECT_LT(calibrated(map, 0), calibrated(map, 1e-4F));
  EXPECT_LT(calibrated(map, 1e-4F), calibrated(map, 2e-4F));
  EXPECT_LT(calibrated(map, 0.9999F), calibrated(map, 1));
}

TEST(Platt, HasAFiniteAnswerForPerfectSeparation) {
  for (const double gap : {0.5, 0.1, 1e-3}) {
    const ScoreList list{{0.5 - gap, 900, 0}, {0.5 + gap, 0, 100}};
    const PlattFit fit = fit_platt(ScoresForTest::out_of_fold(list));
    expect_sound(fit.calibrator);
    // Platt's targets: one row more of each class.
    EXPECT_NEAR(calibrated(fit.calibrator, static_cast<float>(0.5 - gap)), 1.0 / 902, 1e-4);
    EXPECT_NEAR(calibrated(fit.calibrator, static_cast<float>(0.5 + gap)), 101.0 / 102, 1e-4);
    EXPECT_LE(fit.deviation, 1e-4);
  }
}

/// The same rows with log-odds for scores, moved and stretched as a boosted model's may be.
OofScores as_log_odds(const ScoreList& list, double stretch = 1, double shift = 0) {
  ScoreList moved = list;
  for (ScoreCount& entry : moved) {
    entry.score = stretch * std::log(entry.score / (1 - entry.score)) + shift;
  }
  return ScoresForTest::out_of_fold(moved, ScoreScale::log_odds);
}

TEST(Platt, TakesLogOddsAsTheyAre) {
  const ScoreList list = drawn(0.7, -2, 4000);
  const PlattFit fit = fit_platt(as_log_odds(list));
  EXPECT_NEAR(fit.slope, 0.7, 0.01);
  EXPECT_NEAR(fit.intercept, -2, 0.01);
  EXPECT_LE(fit.deviation, 1e-4);
  expect_sound(fit.calibrator);

  const PlattFit moved = fit_platt(as_log_odds(list, 50, -300));
  for (const double z : {-5.0, -1.0, 0.0, 2.5, 5.0}) {
    const float p = calibrated(fit.calibrator, static_cast<float>(z));
    EXPECT_NEAR(p, 1 / (1 + std::exp(-(fit.slope * z + fit.intercept))), 1e-4);
    EXPECT_NEAR(calibrated(moved.calibrator, static_cast<float>(50 * z - 300)), p, 1e-3);
  }
}

TEST(Platt, KeepsTheOrderOfLogOddsFarFromAllSeen) {
  const Calibrator map = fit_platt(as_log_odds(drawn(1.4, -3, 500))).calibrator;
  float before = -1;
  for (float z = -12; z < 11; z += 0.125F) {
    EXPECT_GT(calibrated(map, z), before);
    before = calibrated(map, z);
  }
  EXPECT_GE(calibrated(map, -1000), 0);
  EXPECT_LE(calibrated(map, 1000), 1);
}

TEST(Platt, IsTheBaseRateWhereLogOddsHardlyDiffer) {
  const ScoreList list{{-2, 90, 10}, {-2.0000001, 91, 9}, {3e38, 1, 1}};
  const PlattFit fit = fit_platt(ScoresForTest::out_of_fold(list, ScoreScale::log_odds));
  EXPECT_EQ(fit.calibrator.method, "constant");
  const ScoreList infinite{{INFINITY, 5, 0}, {0.3, 5, 1}};
  EXPECT_THROW(fit_platt(ScoresForTest::out_of_fold(infinite, ScoreScale::log_odds)), Error);
}

TEST(Platt, IsTheBaseRateWhereScoresDoNotRank) {
  for (const ScoreList& list : {ScoreList{{0.3, 90, 10}}, ScoreList{{0.2, 10, 9}, {0.9, 80, 1}}}) {
    const PlattFit fit = fit_platt(ScoresForTest::out_of_fold(list));
    expect_sound(fit.calibrator);
    EXPECT_EQ(fit.calibrator.method, "constant");
    EXPECT_FLOAT_EQ(calibrated(fit.calibrator, 0), 0.1F);
    EXPECT_FLOAT_EQ(calibrated(fit.calibrator, 1), 0.1F);
  }
}

TEST(Platt, DoesNotDependOnTheOrderOfTheScores) {
  ScoreList list = drawn(0.7, -2, 50);
  const PlattFit forward = fit_platt(ScoresForTest::out_of_fold(list));
  std::reverse(list.begin(), list.end());
  EXPECT_EQ(fit_platt(ScoresForTest::out_of_fold(list)).calibrator, forward.calibrator);
}

TEST(Platt, RefusesOneClass) {
  EXPECT_THROW(fit_platt(ScoresForTest::out_of_fold({{0.2, 5, 0}, {0.3, 5, 0}})), Error);
  EXPECT_THROW(fit_platt(ScoresForTest::out_of_fold({{1.2, 5, 0}, {0.3, 5, 1}})), Error);
}

TEST(IdentityCalibrator, ChangesNoScore) {
  const Calibrator map = identity_calibrator();
  expect_sound(map);
  for (const float score : {0.0F, 1e-7F, 0.3F, 0.999999F, 1.0F}) {
    EXPECT_EQ(calibrated(map, score), score);
  }
}

TEST(Uncalibrated, IsWhatTheLearnerSays) {
  const Calibrator same = uncalibrated(ScoreScale::probability);
  EXPECT_EQ(same.method, "none");
  for (const float score : {0.0F, 0.013F, 0.5F, 1.0F}) EXPECT_EQ(calibrated(same, score), score);
  const Calibrator sigmoid = uncalibrated(ScoreScale::log_odds);
  EXPECT_EQ(sigmoid.method, "none");
  for (const float odds : {-9.0F, -2.5F, 0.0F, 0.7F, 6.0F}) {
    const double wanted = 1 / (1 + std::exp(-static_cast<double>(odds)));
    EXPECT_NEAR(static_cast<double>(calibrated(sigmoid, odds)), wanted, 1e-4);
  }
}

}  // namespace
}  // namespace rarewood
