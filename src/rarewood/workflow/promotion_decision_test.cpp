#include "rarewood/workflow/promotion_decision.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

MarginTest difference(const char* title, double value, Interval interval, MarginVerdict verdict) {
  return {title, title, value, 0, interval, verdict, 5000};
}

Promotion judged(MarginVerdict auc, MarginVerdict log_loss) {
  Promotion promotion;
  promotion.margin = 0.01;
  promotion.tolerance = 0.1;
  promotion.rows = 3000;
  promotion.positives = 300;
  promotion.challenger.calibration = {0.1, 0.1, Interval{0.09, 0.11}};
  promotion.champion = promotion.challenger;
  promotion.differences = {difference("auc_roc", -0.004, {-0.008, 0.001}, auc),
                           difference("log_loss", 0.002, {0.001, 0.003}, log_loss)};
  return promotion;
}

PromotionOutcome decided(Promotion promotion, const std::string& unjudged = "") {
  decide_promotion(promotion, unjudged);
  return promotion.outcome;
}

TEST(PromotionDecision, BothMustBeShown) {
  using V = MarginVerdict;
  EXPECT_EQ(decided(judged(V::not_worse, V::not_worse)), PromotionOutcome::not_worse);
  EXPECT_EQ(decided(judged(V::not_worse, V::open)), PromotionOutcome::not_shown);
  EXPECT_EQ(decided(judged(V::too_few, V::not_worse)), PromotionOutcome::not_shown);
  EXPECT_EQ(decided(judged(V::open, V::worse)), PromotionOutcome::worse);
  EXPECT_EQ(decided(judged(V::not_worse, V::worse)), PromotionOutcome::worse);
}

TEST(PromotionDecision, CalibrationComesFirst) {
  Promotion promotion = judged(MarginVerdict::not_worse, MarginVerdict::not_worse);
  promotion.challenger.calibration->mean_probability = 0.2;
  EXPECT_EQ(decided(promotion), PromotionOutcome::not_calibrated);
  promotion.champion.reset();
  EXPECT_EQ(decided(promotion), PromotionOutcome::not_calibrated);
}

TEST(PromotionDecision, WithoutAChampionTheFirstIsPromotedEvenUnjudged) {
  Promotion promotion;
  decide_promotion(promotion, "there are no rows.");
  EXPECT_EQ(promotion.outcome, PromotionOutcome::first);
  EXPECT_EQ(promotion.reason,
            "There is no champion yet. The challenger was not judged: there are no rows.");
}

TEST(PromotionDecision, SaysByHowMuchAFirstOneIsNotShownToBeOff) {
  Promotion promotion = judged(MarginVerdict::not_worse, MarginVerdict::not_worse);
  promotion.champion.reset();
  promotion.tolerance = 0.07;
  decide_promotion(promotion, "");
  EXPECT_EQ(promotion.reason,
            "There is no champion yet. The challenger's probabilities are not shown to be off by "
            "more than 7 %.");
}

TEST(PromotionDecision, WritesASmallMarginPlainly) {
  Promotion promotion = judged(MarginVerdict::open, MarginVerdict::open);
  promotion.margin = 0.0001;
  decide_promotion(promotion, "");
  EXPECT_NE(promotion.reason.find("the margin of 0.0001: "), std::string::npos) << promotion.reason;
}

TEST(PromotionDecision, SaysWhatIsLostWithinTheMarginAndHowManyRowsAreMissing) {
  Promotion promotion = judged(MarginVerdict::not_worse, MarginVerdict::not_worse);
  decide_promotion(promotion, "");
  EXPECT_TRUE(promotion.reason.ends_with(" By less than that it is shown to be worse in log_loss."))
      << promotion.reason;
  promotion = judged(MarginVerdict::open, MarginVerdict::not_worse);
  decide_promotion(promotion, "");
  EXPECT_TRUE(promotion.reason.ends_with("about 2,000 rows more would mostly show it."))
      << promotion.reason;
}

TEST(PromotionDecision, SaysInWordsWhatIsLost) {
  Promotion promotion = judged(MarginVerdict::worse, MarginVerdict::open);
  promotion.differences[0] = difference("AUC", -0.0312, {-0.038, -0.025}, MarginVerdict::worse);
  decide_promotion(promotion, "");
  EXPECT_EQ(promotion.reason,
            "The challenger is worse by more than the margin of 0.01: its AUC is 0.0312 lower "
            "(0.0250 to 0.0380 lower).");
  promotion.differences[0] = difference("AUC", -0.002, {-0.014, 0.01}, MarginVerdict::open);
  promotion.differences[1] = difference("log loss", 0.002, {0.001, 0.013}, MarginVerdict::open);
  decide_promotion(promotion, "");
  EXPECT_NE(promotion.reason.find("its AUC is 0.0020 lower (0.0140 lower to 0.0100 higher) and its "
                                  "log loss is 0.0020 higher (0.0010 to 0.0130 higher)."),
            std::string::npos)
      << promotion.reason;
}

TEST(PromotionDecision, AProvedLeakIsKeptOutWhateverTheFigures) {
  Promotion promotion = judged(MarginVerdict::not_worse, MarginVerdict::not_worse);
  promotion.challenger.leaks = {"paid"};
  keep_for_leak(promotion);
  EXPECT_FALSE(promotion.promoted());
  EXPECT_NE(promotion.reason.find("proved leak (paid), and the champion has none"),
            std::string::npos);
  promotion.champion.reset();
  keep_for_leak(promotion);
  EXPECT_EQ(promotion.reason,
            "The challenger has a proved leak (paid): its figures say nothing. Train it again "
            "without what leaks.");
}

}  // namespace
}  // namespace rarewood
