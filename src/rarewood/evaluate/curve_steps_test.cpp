#include "rarewood/evaluate/curve_steps.hpp"

#include <gtest/gtest.h>

#include "rarewood/evaluate/metrics.hpp"

namespace rarewood {
namespace {

ScoreList thousand_scores() {
  ScoreList list;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    list.push_back({static_cast<double>(i) / 1000, 1000 - i, i / 10});
  }
  return list;
}

TEST(CurveSteps, AreSomeDozensAndEndWhereEveryRowIsFlagged) {
  const auto steps = curve_steps(thousand_scores());
  EXPECT_GT(steps.size(), 20U);
  EXPECT_LT(steps.size(), 80U);
  EXPECT_EQ(steps.front().threshold, 0.999);
  EXPECT_EQ(steps.back().threshold, 0);
  EXPECT_EQ(steps.back().recall, 1);
  EXPECT_EQ(steps.back().false_positive_rate, 1);
}

TEST(CurveSteps, SayWhatTheirThresholdDoes) {
  const ScoreList list = thousand_scores();
  for (const CurveStep& step : curve_steps(list)) {
    const Metrics metrics = compute_metrics(list, step.threshold);
    EXPECT_DOUBLE_EQ(step.recall, metrics.recall);
    EXPECT_DOUBLE_EQ(step.precision, metrics.precision);
    EXPECT_DOUBLE_EQ(step.f1_score, metrics.f1_score);
    EXPECT_NEAR(step.false_positive_rate, 1 - metrics.specificity, 1e-15);
  }
}

TEST(CurveSteps, NeedBothClasses) {
  EXPECT_TRUE(curve_steps({{0.2, 5, 0}, {0.3, 1, 0}}).empty());
  EXPECT_TRUE(curve_steps({}).empty());
}

}  // namespace
}  // namespace rarewood
