#include "rarewood/evaluate/threshold.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/calibration.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/score_axis.hpp"
#include "rarewood/evaluate/scores_for_test.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {
namespace {

// The rule against leaks: a threshold is chosen on out-of-fold scores and on nothing else.
template <typename T>
constexpr bool kChooses =
    requires(const T& scores, const Calibrator& calibrator) { f1_threshold(scores, calibrator); };
static_assert(kChooses<OofScores>);
static_assert(!kChooses<TestScores>);
static_assert(!kChooses<ScoreList>);
static_assert(!kChooses<FitPart>);
static_assert(!kChooses<CheckPart>);
static_assert(!kChooses<TestPart>);

Threshold chosen(const ScoreList& list, const Calibrator& calibrator = identity_calibrator()) {
  return f1_threshold(ScoresForTest::out_of_fold(list), calibrator);
}

TEST(F1Threshold, LiesHalfWayBelowTheLowestFlaggedScore) {
  const Threshold threshold = chosen({{0.125, 90, 1}, {0.25, 5, 1}, {0.75, 2, 8}});
  EXPECT_EQ(threshold.rule, "f1");
  EXPECT_EQ(threshold.raw_score, 0.5F);
  EXPECT_EQ(threshold.probability, 0.5);
}

TEST(F1Threshold, FlagsFewerRowsWhereF1IsEqual) {
  // Flagging {0.75}: F1 = 2/(1+3); both: 4/(5+3); equal.
  EXPECT_EQ(chosen({{0.25, 3, 1}, {0.75, 0, 1}, {0, 9, 1}}).raw_score, 0.5F);
}

TEST(F1Threshold, TakesAllWhereNothingRanks) {
  EXPECT_EQ(chosen({{0.25, 93, 7}}).raw_score, 0.25F);
  EXPECT_EQ(chosen({{0.75, 93, 0}, {0.25, 0, 7}}).raw_score, 0.25F);
  const PlattFit constant = fit_platt(ScoresForTest::out_of_fold({{0.2, 10, 9}, {0.9, 80, 1}}));
  const Threshold threshold = chosen({{0.2, 10, 9}, {0.9, 80, 1}}, constant.calibrator);
  EXPECT_LE(threshold.raw_score, 0.2F);
  EXPECT_NEAR(threshold.probability, 0.1, 1e-7);
}

TEST(F1Threshold, NeedsAPositiveRow) { EXPECT_THROW(chosen({{0.2, 5, 0}}), Error); }

TEST(F1Threshold, IsTheBestOfAllCutsAndDecidesAlikeBeforeAndAfterCalibration) {
  Random random(1, "threshold test");
  for (int round = 0; round < 200; ++round) {
    ScoreList list;
    const std::uint64_t grid = 2 + random.below(60);
    for (int i = 0; i < 80; ++i) {
      const double score = static_cast<double>(random.below(grid)) / static_cast<double>(grid);
      list.push_back({score, random.below(20), draw_binomial(random, 10, score * score)});
    }
    list.push_back({0.9, 0, 1});
    const Calibrator map = fit_platt(ScoresForTest::out_of_fold(list)).calibrator;
    const Threshold threshold = chosen(list, map);
    const ScoreList mapped = calibrated_list(list, map);

    const Confusion raw = confusion_at(list, static_cast<double>(threshold.raw_score));
    EXPECT_EQ(raw, confusion_at(mapped, threshold.probability));
    for (const ScoreCount& entry : mapped) {
      EXPECT_GE(f1_score(raw), f1_score(confusion_at(mapped, entry.score)));
    }
  }
}

TEST(F1Threshold, LiesAmongNegativeLogOddsToo) {
  const OofScores scores =
      ScoresForTest::out_of_fold({{-6, 90, 1}, {-5, 5, 1}, {-2, 2, 8}}, ScoreScale::log_odds);
  const Calibrator map = fit_platt(scores).calibrator;
  const Threshold threshold = f1_threshold(scores, map);
  EXPECT_NEAR(threshold.raw_score, -3.5, 1e-3);
  EXPECT_EQ(static_cast<double>(calibrated(map, threshold.raw_score)), threshold.probability);
}

TEST(F1Threshold, DecidesAlikeWhereTheMapIsNearlyFlat) {
  const float low = 0.5F;
  const float high = std::nextafter(low, 1.0F);
  const Calibrator flat{"platt", {0, 0.5F, high, 1}, {0.1F, 0.2F, 0.2F, 0.9F}};
  const ScoreList list{{static_cast<double>(low), 50, 0}, {0.625, 0, 5}, {0.1, 9, 0}};
  const Threshold threshold = chosen(list, flat);
  EXPECT_GT(threshold.raw_score, high);
  EXPECT_LE(threshold.raw_score, 0.625F);
  EXPECT_GT(threshold.probability, static_cast<double>(0.2F));
}

TEST(ChooseThreshold, FlagsNobodyWhereThatCostsLeast) {
  // Every hundredth of the scores is half as high as it should be or less; a false alarm costs
  // a thousand times what a miss does.
  ScoreList list;
  for (int i = 1; i < 100; ++i) list.push_back({i / 100.0, 900, 100});
  const ThresholdRule dear{ThresholdRule::Kind::cost, 0, {1000, 1}, "cost"};
  const auto scores = ScoresForTest::out_of_fold(list);
  const ThresholdChoice choice = choose_threshold(scores, identity_calibrator(), dear);
  EXPECT_DOUBLE_EQ(choice.figure, 0.1);
  EXPECT_DOUBLE_EQ(choice.nobody, 0.1);
  EXPECT_DOUBLE_EQ(choice.everyone, 900);
  // 0.999 lies above all scores: a row that likely would be worth flagging.
  EXPECT_DOUBLE_EQ(choice.threshold.probability, 1000.0 / 1001);

  // Probabilities far too high: 0.5 is no use, only nobody is.
  const ThresholdRule even{ThresholdRule::Kind::net_benefit, 0.5, {}, "net_benefit:0.5"};
  const ThresholdChoice none = choose_threshold(scores, identity_calibrator(), even);
  EXPECT_EQ(none.figure, 0);
  EXPECT_EQ(none.threshold.raw_score, std::numeric_limits<float>::max());
  EXPECT_GT(none.threshold.probability, 1);
}

TEST(ChooseThreshold, LeavesWhatTheCostsSayWhereItIsNotShownToBeWorse) {
  Random random(3, "threshold test");
  ScoreList list;
  for (int i = 1; i < 100; ++i) {
    const std::uint64_t n1 = draw_binomial(random, 50, i / 100.0);
    list.push_back({i / 100.0, 50 - n1, n1});
  }
  const ThresholdRule rule{ThresholdRule::Kind::net_benefit, 0.1234, {}, "net_benefit:0.1234"};
  const ThresholdChoice choice =
      choose_threshold(ScoresForTest::out_of_fold(list), identity_calibrator(), rule);
  EXPECT_EQ(choice.threshold.probability, 0.1234);
  EXPECT_EQ(choice.threshold.rule, rule.text);
}

TEST(ChooseThreshold, MindsWhatEachRowCosts) {
  // Of the rows of score 0.4 the positive ones are cheap, those of 0.6 dear; alarms cost 1.
  const auto scores = ScoresForTest::out_of_fold(
      {{0.2, 800, 20, 1}, {0.4, 100, 40, 2}, {0.6, 100, 40, 20}, {0.8, 10, 40, 20}});
  DecisionCosts costs{1, 0};
  costs.own_false_negative = true;
  const ThresholdRule rule{ThresholdRule::Kind::cost, 0, costs, "cost"};
  const ThresholdChoice choice = choose_threshold(scores, identity_calibrator(), rule);
  EXPECT_NEAR(choice.optimum, 0.6, 1e-6);
  EXPECT_NEAR(choice.best_figure, (20 + 80 + 110) / 1150.0, 1e-12);
  EXPECT_NEAR(choice.nobody, (20 + 80 + 800 + 800) / 1150.0, 1e-12);
  EXPECT_NEAR(choice.everyone, 1010 / 1150.0, 1e-12);
  EXPECT_FALSE(std::isnan(choice.threshold.probability));
}

TEST(FixedThreshold, IsTheLowestScoreOfThatProbability) {
  const Calibrator map =
      fit_platt(ScoresForTest::out_of_fold({{0.2, 900, 10}, {0.5, 100, 20}, {0.8, 30, 30}}))
          .calibrator;
  for (const double probability : {0.01, 0.05, 0.123456789, 0.3, 0.5}) {
    const Threshold threshold = fixed_threshold(probability, map);
    EXPECT_EQ(threshold.probability, probability);
    EXPECT_GE(static_cast<double>(calibrated(map, threshold.raw_score)), probability);
    const float below = std::nextafter(threshold.raw_score, -1.0F);
    EXPECT_LT(static_cast<double>(calibrated(map, below)), probability);
  }
  EXPECT_EQ(fixed_threshold(0.3, map).rule, "0.3");
}

TEST(FixedThreshold, FlagsNothingWhereNoScoreReachesIt) {
  const Calibrator low{"platt", {0, 1}, {0.01F, 0.2F}};
  EXPECT_EQ(fixed_threshold(0.5, low).raw_score, std::numeric_limits<float>::max());
  EXPECT_LT(fixed_threshold(0.005, low).raw_score, 0);
}

TEST(FixedThreshold, WithoutCalibrationIsTheNumberItself) {
  EXPECT_EQ(fixed_threshold(0.5, identity_calibrator()).raw_score, 0.5F);
}

TEST(FixedThreshold, RefusesWhatIsNoProbability) {
  for (const double probability : {0.0, 1.0, -0.1, 5.0, std::nan("")}) {
    EXPECT_THROW(fixed_threshold(probability, identity_calibrator()), Error);
  }
}

}  // namespace
}  // namespace rarewood
