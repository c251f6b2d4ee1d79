#include "rarewood/evaluate/targets.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(Targets, AreMetOnlyByTheLowerEnd) {
  const std::vector<TargetCheck> checks = judge_targets({{"f1_score", {0.31, 0.39}},
                                                         {"auc_roc", {0.69, 0.76}},
                                                         {"recall", {0.30, 0.40}},
                                                         {"precision", {0.20, 0.31}}},
                                                        false);
  ASSERT_EQ(checks.size(), 4U);
  EXPECT_EQ(checks[0].metric, "f1_score");
  EXPECT_EQ(checks[0].minimum, 0.30);
  EXPECT_EQ(checks[0].good, 0.40);
  EXPECT_EQ(checks[0].verdict, "met");
  EXPECT_EQ(checks[0].good_verdict, "not met");
  EXPECT_EQ(checks[1].verdict, "uncertain");
  EXPECT_EQ(checks[1].good_verdict, "uncertain");
  EXPECT_EQ(checks[2].verdict, "not met");    // recall > 0.40, not >=
  EXPECT_EQ(checks[3].verdict, "uncertain");  // precision > 0.20
}

TEST(Targets, AreUncertainWithoutAnInterval) {
  const Interval none{std::nan(""), std::nan("")};
  for (const TargetCheck& check : judge_targets(
           {{"f1_score", none}, {"auc_roc", none}, {"recall", none}, {"precision", none}}, false)) {
    EXPECT_EQ(check.verdict, "uncertain");
  }
}

TEST(Targets, AreNotJudgedOnALeak) {
  for (const TargetCheck& check : judge_targets({}, true)) {
    EXPECT_EQ(check.verdict, "not judged: leak");
    EXPECT_EQ(check.good_verdict, "not judged: leak");
  }
}

}  // namespace
}  // namespace rarewood
