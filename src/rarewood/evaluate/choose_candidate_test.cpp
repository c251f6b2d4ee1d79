#include "rarewood/evaluate/choose_candidate.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

using Reason = CandidateChoice::Reason;
using Places = std::vector<std::size_t>;

const CandidateName kForest{"forest", "none"};
const CandidateName kWeighted{"forest", "class_weight"};
const CandidateName kXgboost{"xgboost", "none"};
const CandidateName kLogistic{"logistic", "smote"};
const CandidateName kDummy{"dummy", "none"};

TEST(Simplicity, IsOfTheLearnerFirstAndThenOfTheBalance) {
  EXPECT_LT(simplicity_of(kDummy), simplicity_of(kLogistic));
  EXPECT_LT(simplicity_of(kLogistic), simplicity_of(kForest));
  EXPECT_LT(simplicity_of(kForest), simplicity_of(kWeighted));
  EXPECT_LT(simplicity_of(kWeighted), simplicity_of({"forest", "smote"}));
  EXPECT_LT(simplicity_of({"forest", "smote_enn"}), simplicity_of({"lightgbm", "none"}));
  EXPECT_LT(simplicity_of({"lightgbm", "smote"}), simplicity_of(kXgboost));
}

TEST(Simplicity, PutsWhatItDoesNotKnowLast) {
  EXPECT_GT(simplicity_of({"forest", "new"}), simplicity_of({"forest", "smote_enn"}));
  EXPECT_LT(simplicity_of({"forest", "new"}), simplicity_of({"lightgbm", "none"}));
  EXPECT_GT(simplicity_of({"new", "none"}), simplicity_of({"xgboost", "smote_enn"}));
}

// Quantiles of the normal distribution from tables: 2.3940 for three pairs, 3.3678 for 66 (scipy:
// norm.isf(0.05 / 3 / 2), norm.isf(0.05 / 66 / 2)).
TEST(Widening, IsThatOfAllPairsTogether) {
  EXPECT_EQ(widening(1), 1);
  EXPECT_EQ(widening(2), 1);
  EXPECT_NEAR(widening(3) * 1.959964, 2.393980, 1e-4);
  EXPECT_NEAR(widening(12) * 1.959964, 3.367847, 1e-4);
}

TEST(Widening, KeepsTheDifferenceWhereItIs) {
  const Interval wide = widened({-1, 2}, 1, 2);
  EXPECT_EQ(wide.low, -3);
  EXPECT_EQ(wide.high, 3);
}

TEST(ChooseCandidate, TakesTheOnlyOne) {
  const std::vector<CandidateStanding> one{{kDummy, 0, 0}};
  const CandidateChoice choice = choose_candidate(one);
  EXPECT_EQ(choice.reason, Reason::only_one);
  EXPECT_EQ(choice.indistinguishable, Places{0});
  EXPECT_EQ(choice_text(choice, one, "F1"), "dummy was the only candidate.");
}

TEST(ChooseCandidate, TakesTheBestWhereNoSimplerOneIsNear) {
  const std::vector<CandidateStanding> all{
      {kXgboost, 0, 0}, {kForest, 0.02, 0.0199}, {kDummy, 0.3, 0.01}};
  const CandidateChoice choice = choose_candidate(all);
  EXPECT_EQ(choice.chosen, 0U);
  EXPECT_EQ(choice.reason, Reason::best);
  EXPECT_EQ(choice.indistinguishable, (Places{0, 1}));
  EXPECT_EQ(choice_text(choice, all, "F1"),
            "xgboost and forest are not shown to differ in F1. Chosen: xgboost, the best figure; "
            "no simpler one is within one standard error.");
}

TEST(ChooseCandidate, TakesTheSimplestWithinOneStandardError) {
  const std::vector<CandidateStanding> all{{kXgboost, 0, 0},
                                           {kWeighted, 0.01, 0.02},
                                           {kForest, 0.02, 0.02},
                                           {kLogistic, 0.021, 0.02},
                                           {kDummy, 0.3, 0.01}};
  const CandidateChoice choice = choose_candidate(all);
  EXPECT_EQ(choice.chosen, 2U);
  EXPECT_EQ(choice.reason, Reason::simpler);
  EXPECT_EQ(choice.indistinguishable, (Places{0, 1, 2, 3}));
  EXPECT_EQ(choice_text(choice, all, "AUC").find("Only dummy is shown to be worse in AUC"), 0U);
  EXPECT_NE(choice_text(choice, all, "AUC").find("within one standard error of the best (xgboost)"),
            std::string::npos);
}

TEST(ChooseCandidate, OfEqualFiguresTakesTheSimpler) {
  const CandidateChoice choice =
      choose_candidate({{kXgboost, 0, 0}, {kForest, 0, 0}, {kDummy, 0.3, 0.01}});
  EXPECT_EQ(choice.chosen, 1U);
  EXPECT_EQ(choice.reason, Reason::best);
  EXPECT_EQ(choice.indistinguishable, (Places{0, 1}));
}

TEST(ChooseCandidate, TakesTheDummyUnlessItIsShownToBeWorse) {
  // Three candidates: 2.394 standard errors show a difference.
  const std::vector<CandidateStanding> near{
      {kXgboost, 0, 0}, {kForest, 0.05, 0.001}, {kDummy, 0.239, 0.1}};
  EXPECT_EQ(choose_candidate(near).chosen, 2U);
  EXPECT_EQ(choose_candidate(near).reason, Reason::nothing_shown);
  const std::vector<CandidateStanding> far{
      {kXgboost, 0, 0}, {kForest, 0.05, 0.001}, {kDummy, 0.24, 0.1}};
  EXPECT_EQ(choose_candidate(far).chosen, 0U);
}

TEST(ChooseCandidate, IsShownNothingByErrorsThatAreNotKnown) {
  constexpr double kUnknown = std::numeric_limits<double>::infinity();
  const std::vector<CandidateStanding> all{
      {kXgboost, 0, kUnknown}, {kForest, 0.4, kUnknown}, {kWeighted, 0.1, kUnknown}};
  const CandidateChoice choice = choose_candidate(all);
  EXPECT_EQ(choice.indistinguishable, (Places{0, 1, 2}));
  EXPECT_EQ(choice.chosen, 1U);
  EXPECT_NE(choice_text(choice, all, "F1").find("None of the 3 candidates is shown to be worse"),
            std::string::npos);
}

TEST(ChooseCandidate, SaysWhereOneIsBetterThanAllOthers) {
  const std::vector<CandidateStanding> all{
      {kLogistic, 0.2, 0.01}, {kForest, 0, 0}, {kDummy, 0.3, 0.01}};
  const CandidateChoice choice = choose_candidate(all);
  EXPECT_EQ(choice.indistinguishable, Places{1});
  EXPECT_EQ(choice_text(choice, all, "F1").find("forest is shown to be better in F1 than every"),
            0U);
}

}  // namespace
}  // namespace rarewood
