#include "rarewood/evaluate/evaluation.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/scores_for_test.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {
namespace {

// The rule against leaks: what is reported comes from test scores, or says that it does not.
template <typename T>
constexpr bool kJudges = requires(const T& scores) { on_test({"model", ""}, scores, Threshold{}); };
static_assert(kJudges<TestScores>);
static_assert(!kJudges<OofScores>);
static_assert(!kJudges<ScoreList>);
static_assert(!kJudges<FitPart>);
static_assert(!kJudges<TestPart>);

constexpr std::size_t kEntries = 400;

/// Calibrated scores in fixed order of rows; with noise a rival that knows less of the same rows.
ScoreList rows_scored(double noise) {
  Random truth(1, "evaluation test");
  Random blur(2, "evaluation test");
  ScoreList list;
  for (std::size_t i = 0; i < kEntries; ++i) {
    const double rate = 0.5 * truth.uniform() * truth.uniform();
    const std::uint64_t n1 = draw_binomial(truth, 20, rate);
    list.push_back({(1 - noise) * rate + noise * 0.5 * blur.uniform(), 20 - n1, n1});
  }
  return list;
}

Contestant contestant(const std::string& name, double noise) {
  return on_test({name, name + " of the test"}, ScoresForTest::test(rows_scored(noise)),
                 {"0.2", 0.2, 0.2F});
}

Evaluation judged(const Contestant& model, const std::vector<Contestant>& rivals,
                  const ThresholdRule& rule = {}) {
  return evaluate(model, rivals, {"no", "yes"}, rule, {});
}

TEST(Evaluation, HoldsEveryNumberOfTheModel) {
  const Contestant model = contestant("model", 0.1);
  const Evaluation evaluation = judged(model, {});

  EXPECT_EQ(evaluation.totals, class_totals(model.probabilities));
  EXPECT_EQ(metrics_by_name(evaluation.metrics),
            metrics_by_name(compute_metrics(model.probabilities, 0.2)));
  EXPECT_NE(evaluation.report.find("         yes "), std::string::npos);
  for (const MetricInfo& metric : kMetrics) {
    const Interval& interval = evaluation.intervals.at(metric.name);
    EXPECT_LT(interval.low, evaluation.metrics.*metric.value) << metric.name;
    EXPECT_GT(interval.high, evaluation.metrics.*metric.value) << metric.name;
  }
  EXPECT_TRUE(evaluation.warnings.empty());
  EXPECT_EQ(evaluation.verdict, "");
}

TEST(Evaluation, SaysWhatItIsBetterThan) {
  const Contestant model = contestant("model", 0.1);
  const Evaluation evaluation =
      judged(model, {contestant("single_column", 0.9), flag_all(model, 0.12)});

  ASSERT_EQ(evaluation.baselines.size(), 2U);
  EXPECT_EQ(evaluation.baselines[0].judged_on, "test");
  EXPECT_EQ(evaluation.baselines[1].name, "flag_all");
  EXPECT_DOUBLE_EQ(evaluation.baselines[1].metrics.at("f1_score"), flag_all_f1(evaluation.totals));
  EXPECT_EQ(evaluation.baselines[1].metrics.at("auc_roc"), 0.5);
  EXPECT_EQ(evaluation.comparisons[0].outcome, Outcome::better);
  EXPECT_EQ(evaluation.verdict,
            "The model is better than the single_column of the test and flagging everyone.");
}

TEST(Evaluation, SaysWhatItIsWorseThanWithBothFigures) {
  const Evaluation evaluation =
      judged(contestant("model", 0.9), {contestant("single_column", 0.1)});
  EXPECT_EQ(evaluation.comparisons[0].outcome, Outcome::worse);
  EXPECT_EQ(evaluation.verdict.find("The model is worse than the single_column of the test (F1 0."),
            0U);
  EXPECT_NE(evaluation.verdict.find(" against 0."), std::string::npos);
}

TEST(Evaluation, DoesNotClaimWhatIsNotShown) {
  const Contestant model = contestant("model", 0.3);
  Contestant twin = model;
  twin.name = "no_resampling";
  twin.description = "same learner without resampling";
  const Evaluation evaluation = judged(model, {twin});
  EXPECT_EQ(evaluation.comparisons[0].outcome, Outcome::unclear);
  EXPECT_EQ(evaluation.verdict.find("The model is not shown to be better than the same learner "
                                    "without resampling on these rows (F1 0."),
            0U);
}

TEST(Evaluation, ShowsNothingOfThePrecisionOfWhoFlagsNoRow) {
  Contestant model = contestant("model", 0.1);
  model.flags.assign(model.flags.size(), 0);
  const Evaluation evaluation =
      judged(model, {flag_all(model, 0.12)}, parse_threshold_rule("precision:0.5", {}));
  const Difference& precision = evaluation.comparisons[0].differences[0];
  EXPECT_EQ(precision.metric, "precision");
  EXPECT_EQ(precision.model, 0);
  EXPECT_EQ(precision.sign(), 0);
}

TEST(Evaluation, SaysOneSentenceOfTooFewRowsHoweverFarApart) {
  const ScoreList good{{0.9, 0, 10}, {0.1, 300, 0}};
  const ScoreList bad{{0.1, 0, 10}, {0.9, 300, 0}};
  const auto entrant = [](const char* name, const ScoreList& list) {
    return Contestant{name, name, "test", list, flags_at(list, 0.5), {}};
  };
  const Evaluation evaluation = judged(entrant("model", good), {entrant("rival", bad)});
  EXPECT_EQ(evaluation.comparisons[0].outcome, Outcome::unclear);
  EXPECT_EQ(evaluation.verdict,
            "With 10 positive rows there are too few to tell whether the model is better than "
            "the rival.");
}

TEST(Evaluation, PairsItsDifferences) {
  // Unpaired, the interval of a difference of two noisy AUCs would be far wider.
  const Evaluation evaluation = judged(contestant("model", 0.10), {contestant("rival", 0.12)});
  const Difference& auc = evaluation.comparisons[0].differences[1];
  const Interval& alone = evaluation.intervals.at("auc_roc");
  EXPECT_LT(auc.interval.high - auc.interval.low, 0.4 * (alone.high - alone.low));
}

TEST(Evaluation, ComparesNoProbabilitiesOfRanks) {
  Contestant model = contestant("model", 0.1);
  model.ranks = true;
  const Contestant rival = contestant("rival", 0.9);
  const Evaluation evaluation = judged(model, {rival});
  for (const Difference& difference : evaluation.comparisons[0].differences) {
    EXPECT_NE(difference.metric, "log_loss");
  }
  Contestant worse = rival;
  worse.ranks = true;
  EXPECT_EQ(judged(worse, {contestant("model", 0.1)}).verdict.find("log loss"), std::string::npos);
}

const ThresholdRule kCheapMisses{ThresholdRule::Kind::cost, 0, {1, 2}, "cost"};

TEST(Evaluation, JudgesByTheFigureOfTheRule) {
  const Contestant model = contestant("model", 0.1);
  const Evaluation evaluation =
      judged(model, without_model(model, 0.12, kCheapMisses), kCheapMisses);
  ASSERT_EQ(evaluation.comparisons.size(), 2U);
  EXPECT_EQ(evaluation.comparisons[1].rival, "flagging nobody");
  const auto& [n0, n1] = evaluation.totals;
  const auto rows = static_cast<double>(n0 + n1);
  for (const std::size_t rival : {0, 1}) {
    const auto& differences = evaluation.comparisons[rival].differences;
    ASSERT_EQ(differences.size(), 1U);
    EXPECT_EQ(differences[0].metric, "cost");
    EXPECT_DOUBLE_EQ(differences[0].model,
                     static_cast<double>(evaluation.confusion.false_positive +
                                         2 * evaluation.confusion.false_negative) /
                         rows);
    EXPECT_DOUBLE_EQ(differences[0].rival, static_cast<double>(rival == 0 ? n0 : 2 * n1) / rows);
    EXPECT_EQ(evaluation.baselines[rival].metrics.at("cost"), differences[0].rival);
  }
}

TEST(Evaluation, SaysThatNobodyIsBetterFlagged) {
  // A false alarm costs a hundred times what a miss does, and the model flags.
  const Contestant model = contestant("model", 0.1);
  const ThresholdRule dear{ThresholdRule::Kind::cost, 0, {100, 1}, "cost"};
  const Evaluation evaluation = judged(model, without_model(model, 0.12, dear), dear);
  EXPECT_EQ(evaluation.verdict.find("The model is worse than flagging nobody (cost of a row "), 0U);
  EXPECT_NE(evaluation.verdict.find("is better than flagging everyone."), std::string::npos);
}

TEST(Evaluation, HoldsWhatMustBeFlaggedAgainstTheBaseRate) {
  const Contestant model = contestant("model", 0.1);
  using Kind = ThresholdRule::Kind;
  for (const Kind kind : {Kind::recall, Kind::precision, Kind::top}) {
    const ThresholdRule rule{kind, 0.5, {}, "rule"};
    const Evaluation evaluation =
        judged(model, {flag_all(model, 0.12), contestant("rival", 0.9)}, rule);
    const Difference& everyone = evaluation.comparisons[0].differences.at(0);
    EXPECT_EQ(everyone.metric, "precision");
    EXPECT_DOUBLE_EQ(everyone.rival, evaluation.totals.base_rate());
    EXPECT_EQ(evaluation.comparisons[0].outcome, Outcome::better);
    const auto& rival = evaluation.comparisons[1].differences;
    ASSERT_EQ(rival.size(), 4U);
    EXPECT_EQ(rival[0].metric, kind == Kind::recall ? "precision" : "recall");
    EXPECT_EQ(without_model(model, 0.12, rule).size(), 1U);
  }
}

TEST(Evaluation, TestsItsFourFiguresTogether) {
  // The same scores, fewer entries flagged: F1 alone differs, and that not by much.
  const Contestant model = contestant("model", 0.30);
  Contestant rival = contestant("rival", 0.30);
  for (std::size_t i = 0; i < kEntries; ++i) {
    if (rival.probabilities[i].score < 0.26) rival.flags[i] = 0;
  }
  const Evaluation evaluation = judged(model, {rival});
  std::vector<std::string> alone;
  for (const Difference& difference : evaluation.comparisons[0].differences) {
    if (difference.interval.low > 0 || difference.interval.high < 0) {
      alone.push_back(difference.metric);
      EXPECT_GT(difference.chance, 0.05);
      EXPECT_LT(difference.chance / 4, 0.05);
    }
    EXPECT_EQ(difference.sign(), 0) << difference.metric;
  }
  EXPECT_EQ(alone, std::vector<std::string>{"f1_score"});
}

TEST(Evaluation, DoesNotCompareOnTooFewRows) {
  const Contestant model =
      on_test({"model", ""}, ScoresForTest::test({{0.1, 90, 3}, {0.7, 5, 9}}), {"0.5", 0.5, 0.5F});
  const Evaluation evaluation = judged(model, {flag_all(model, 0.1)});
  EXPECT_EQ(evaluation.verdict,
            "With 12 positive rows there are too few to tell whether the model is better than "
            "flagging everyone.");
  for (const Difference& difference : evaluation.comparisons[0].differences) {
    EXPECT_TRUE(std::isnan(difference.interval.low)) << difference.metric;
    EXPECT_EQ(difference.sign(), 0);
  }
}

TEST(Evaluation, RefusesRivalsOnOtherRows) {
  const Contestant model = contestant("model", 0.1);
  Contestant other = contestant("rival", 0.1);
  std::reverse(other.probabilities.begin(), other.probabilities.end());
  EXPECT_THROW(judged(model, {other}), Error);
  Contestant elsewhere = contestant("rival", 0.1);
  elsewhere.judged_on = "out_of_fold";
  EXPECT_THROW(judged(model, {elsewhere}), Error);
}

TEST(Evaluation, WarnsOfFewPositivesAndOfUndefinedFigures) {
  const Contestant model =
      on_test({"model", ""}, ScoresForTest::test({{0.1, 90, 3}, {0.2, 5, 9}}), {"0.5", 0.5, 0.5F});
  const Evaluation evaluation = judged(model, {});
  ASSERT_EQ(evaluation.warnings.size(), 2U);
  EXPECT_EQ(evaluation.warnings[0].find("Only 12 positive rows"), 0U);
  EXPECT_EQ(evaluation.warnings[1].find("Undefined and shown as 0: precision"), 0U);
}

TEST(Evaluation, OfOutOfFoldScoresDecidesEachFoldByItsOwnDecision) {
  const Calibrator half{"platt", {0, 1}, {0, 0.5F}};
  const Calibrator same{"none", {0, 1}, {0, 1}};
  const OofScores scores = ScoresForTest::out_of_fold({{0.4, 9, 1}, {0.4, 1, 9}});
  const Contestant model =
      on_out_of_fold({"model", ""}, scores, {{half, {"f1", 0.3, 0.6F}}, {same, {"f1", 0.3, 0.3F}}});
  EXPECT_EQ(model.judged_on, "out_of_fold");
  EXPECT_NEAR(model.probabilities[0].score, 0.2, 1e-7);
  EXPECT_NEAR(model.probabilities[1].score, 0.4, 1e-7);
  EXPECT_EQ(judged(model, {}).confusion, (Confusion{9, 1, 1, 9}));
  EXPECT_EQ(scores.without_fold(0).list().size(), 1U);
  EXPECT_EQ(scores.without_fold(0).fold(), (std::vector<std::uint32_t>{1}));
}

}  // namespace
}  // namespace rarewood
