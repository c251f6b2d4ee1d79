#include "rarewood/evaluate/metrics.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

// Rows, highest score first:  0.8 (+), 0.6 (-), 0.6 (+), 0.4 (-), 0.2 (-)
const ScoreList kFive{{0.8, 0, 1}, {0.6, 1, 1}, {0.4, 1, 0}, {0.2, 1, 0}};

TEST(Metrics, OfFiveRowsWorkedOutByHand) {
  const Metrics metrics = compute_metrics(kFive, 0.5);

  EXPECT_DOUBLE_EQ(metrics.precision, 2.0 / 3);
  EXPECT_DOUBLE_EQ(metrics.recall, 1);
  EXPECT_DOUBLE_EQ(metrics.f1_score, 0.8);
  EXPECT_DOUBLE_EQ(metrics.accuracy, 0.8);
  EXPECT_DOUBLE_EQ(metrics.auc_roc, 5.5 / 6);  // one of six pairs is tied
  EXPECT_DOUBLE_EQ(metrics.average_precision, 0.5 * 1 + 0.5 * (2.0 / 3));
  EXPECT_DOUBLE_EQ(metrics.brier, (0.04 + 0.36 + 0.16 + 0.16 + 0.04) / 5);
  EXPECT_DOUBLE_EQ(
      metrics.log_loss,
      -(std::log(0.8) + std::log(0.4) + std::log(0.6) + std::log(0.6) + std::log(0.8)) / 5);
}

TEST(Metrics, DoNotDependOnOrderOrOnHowTiesAreListed) {
  ScoreList shuffled{{0.2, 1, 0}, {0.6, 0, 1}, {0.8, 0, 1}, {0.6, 1, 0}, {0.4, 1, 0}};
  EXPECT_EQ(metrics_by_name(compute_metrics(shuffled, 0.5)),
            metrics_by_name(compute_metrics(kFive, 0.5)));
}

TEST(Metrics, CountARowAsOftenAsItOccurs) {
  ScoreList thrice = kFive;
  for (ScoreCount& entry : thrice) {
    entry.n0 *= 3;
    entry.n1 *= 3;
  }
  for (const MetricInfo& metric : kMetrics) {
    EXPECT_NEAR(compute_metrics(thrice, 0.5).*metric.value,
                compute_metrics(kFive, 0.5).*metric.value, 1e-15)
        << metric.name;
  }
}

TEST(Metrics, CountPairsExactlyPast64Bits) {
  const std::uint64_t many = 5'000'000'000;
  const Metrics metrics = compute_metrics({{0.9, 0, many}, {0.1, many, 0}}, 0.5);
  EXPECT_EQ(metrics.auc_roc, 1);
  EXPECT_EQ(compute_metrics({{0.1, many, many}}, 0.5).auc_roc, 0.5);
}

TEST(Metrics, FlagTheRowThatLiesOnTheThreshold) {
  EXPECT_EQ(confusion_at(kFive, 0.6), (Confusion{2, 1, 0, 2}));
  EXPECT_EQ(confusion_at(kFive, 0.6000001), (Confusion{3, 0, 1, 1}));
  EXPECT_EQ(compute_metrics(kFive, 0.6).precision, 2.0 / 3);
}

TEST(Metrics, KeepLogLossFiniteWhereAProbabilityIsZeroOrOne) {
  const double edge = std::ldexp(1, -52);
  EXPECT_DOUBLE_EQ(compute_metrics({{0, 0, 1}}, 0.5).log_loss, -std::log(edge));
  EXPECT_DOUBLE_EQ(compute_metrics({{1, 1, 0}}, 0.5).log_loss, -std::log(edge));
  EXPECT_NEAR(compute_metrics({{0, 1, 0}, {1, 0, 1}}, 0.5).log_loss, edge, 1e-18);
}

TEST(Metrics, AreZeroWhereUndefinedAndSayWhich) {
  const Confusion none_predicted{9, 0, 1, 0};
  EXPECT_EQ(precision(none_predicted), 0);
  EXPECT_EQ(f1_score(none_predicted), 0);
  EXPECT_EQ(undefined_warning(none_predicted),
            "Undefined and shown as 0: precision (no row was predicted positive).");
  EXPECT_EQ(undefined_warning({9, 0, 0, 0}),
            "Undefined and shown as 0: precision (no row was predicted positive), recall (no row "
            "is positive) and F1.");
  EXPECT_EQ(undefined_warning({9, 1, 1, 1}), "");
  EXPECT_TRUE(std::isnan(compute_metrics({{0.3, 5, 0}}, 0.5).auc_roc));
}

TEST(Metrics, OfFlaggingEveryoneFollowFromTheBaseRate) {
  const ClassTotals totals{932, 68};
  EXPECT_DOUBLE_EQ(flag_all_f1(totals), 2 * 0.068 / 1.068);
  EXPECT_DOUBLE_EQ(compute_metrics({{0.5, 932, 68}}, 0).f1_score, flag_all_f1(totals));
}

TEST(Metrics, RefuseScoresThatAreNoProbabilities) {
  EXPECT_THROW(compute_metrics({{1.5, 1, 1}}, 0.5), Error);
  EXPECT_THROW(compute_metrics({{std::nan(""), 1, 1}}, 0.5), Error);
}

}  // namespace
}  // namespace rarewood
