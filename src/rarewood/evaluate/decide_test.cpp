#include "rarewood/evaluate/decide.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/scores_for_test.hpp"

namespace rarewood {
namespace {

/// Scores whose probability is score^2: ranked, but too high.
OofScores too_high(std::uint64_t rows_each) {
  Random random(9, "decide test");
  ScoreList list;
  for (int i = 0; i < 1000; ++i) {
    const double score = (1 + i % 200) / 201.0;
    const std::uint64_t n1 = draw_binomial(random, rows_each, score * score);
    list.push_back({score, rows_each - n1, n1});
  }
  return ScoresForTest::out_of_fold(list);
}

StudiedDecision studied(const OofScores& scores, const std::string& calibration, int threads = 1) {
  Control control;
  control.threads = threads;
  return study_decision(scores, {calibration, {}}, {}, {300, 42}, control);
}

TEST(StudyDecision, FindsRightProbabilitiesWhereTheoryHasTheThreshold) {
  const StudiedDecision study = studied(too_high(30), "auto");
  const ThresholdFacts& facts = study.threshold;
  EXPECT_DOUBLE_EQ(facts.expected, facts.best_out_of_fold / 2);
  EXPECT_LE(facts.interval.low, facts.expected);
  EXPECT_GE(facts.interval.high, facts.expected);
  EXPECT_TRUE(study.warnings.empty());
  EXPECT_EQ(study.decision.threshold.interval->at(0), facts.interval.low);
}

TEST(StudyDecision, WarnsWhereProbabilitiesAreWrong) {
  const StudiedDecision study = studied(too_high(30), "none");
  ASSERT_EQ(study.warnings.size(), 1U);
  EXPECT_NE(study.warnings[0].find("try --calibration auto"), std::string::npos);
}

TEST(StudyDecision, DecidesAsDecideDoes) {
  const OofScores scores = too_high(5);
  const Decision plain = decide(scores, {"auto", {}}, {});
  StudiedDecision study = studied(scores, "auto", 3);
  EXPECT_EQ(study.decision.calibrator, plain.calibrator);
  study.decision.threshold.interval.reset();
  EXPECT_EQ(study.decision.threshold, plain.threshold);
}

TEST(StudyDecision, IsTheSameForAnyNumberOfThreads) {
  const OofScores scores = too_high(5);
  EXPECT_EQ(studied(scores, "auto", 1).decision.threshold,
            studied(scores, "auto", 4).decision.threshold);
}

TEST(StudyDecision, PredictsTheLikelierClassWhereScoresDoNotRank) {
  const StudiedDecision study =
      studied(ScoresForTest::out_of_fold({{0.2, 10, 9}, {0.9, 80, 1}}), "platt");
  EXPECT_EQ(study.decision.threshold.rule, "0.5");
  EXPECT_EQ(study.threshold.figure, "");
  EXPECT_TRUE(std::isnan(study.threshold.interval.low));
  EXPECT_FALSE(study.decision.threshold.interval.has_value());
}

TEST(Decide, KeepsToTheRuleForAllWhereAsked) {
  const OofScores one = ScoresForTest::out_of_fold({{0.3, 800, 90}, {0.3, 100, 10}});
  DecisionPlan plan{"auto", {}};
  EXPECT_EQ(decide(one, plan, {}).threshold.rule, "0.5");
  plan.rule_for_all = true;
  const Decision decision = decide(one, plan, {});
  EXPECT_EQ(decision.threshold.rule, "f1");
  EXPECT_LE(decision.threshold.raw_score, 0.3F);  // the best F1 is that of flagging everyone
  const StudiedDecision study = study_decision(one, plan, {}, {300, 42}, {});
  EXPECT_EQ(study.decision.threshold.raw_score, decision.threshold.raw_score);
  EXPECT_TRUE(study.warnings.empty());  // there is nothing to be right about
}

TEST(StudyDecision, SaysWhatWasDoneOnFewPositives) {
  ScoreList list;
  for (int i = 0; i < 50; ++i) list.push_back({i / 50.0, 4, i > 44 ? 1U : 0U});
  const StudiedDecision study = studied(ScoresForTest::out_of_fold(list), "isotonic");
  EXPECT_EQ(study.decision.calibrator.method, "platt");
  ASSERT_GE(study.warnings.size(), 2U);
  EXPECT_NE(study.warnings[0].find("Only 5 positive rows"), std::string::npos);
  EXPECT_NE(study.warnings[1].find("platt was taken"), std::string::npos);
}

TEST(StudyDecision, IsFiniteUnderPerfectSeparation) {
  ScoreList list;
  for (int i = 0; i < 100; ++i) {
    list.push_back({i / 100.0, i < 80 ? 3U : 0U, i < 80 ? 0U : 3U});
  }
  for (const char* method : {"auto", "none", "platt", "beta", "isotonic"}) {
    const StudiedDecision study = studied(ScoresForTest::out_of_fold(list), method);
    EXPECT_GT(study.threshold.out_of_fold, 0.97) << method;
    EXPECT_EQ(study.threshold.best_out_of_fold, 1) << method;
    EXPECT_TRUE(std::isfinite(study.threshold.interval.low)) << method;
    for (const float y : study.decision.calibrator.y) EXPECT_TRUE(y >= 0 && y <= 1) << method;
  }
}

TEST(StudyDecision, HasNoIntervalBelowFiveGroups) {
  const OofScores scores = too_high(30);
  std::vector<std::uint32_t> block;
  for (std::uint32_t i = 0; i < scores.list().size(); ++i) block.push_back(i % 4);
  const StudiedDecision few =
      study_decision(scores, {"auto", {}}, blocks_of_entries(scores.list(), block), {300, 42}, {});
  EXPECT_TRUE(std::isnan(few.threshold.interval.low));
  EXPECT_FALSE(few.decision.threshold.interval.has_value());
  EXPECT_EQ(few.decision.threshold.probability, studied(scores, "auto").threshold.probability);
}

}  // namespace
}  // namespace rarewood
