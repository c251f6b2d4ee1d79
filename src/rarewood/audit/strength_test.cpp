#include "rarewood/audit/strength.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace rarewood {
namespace {

GroupCounts two_folds(const std::vector<ClassTotals>& groups) {
  GroupCounts counts(groups.size(), 2);
  for (std::size_t g = 0; g < groups.size(); ++g) counts.at(0, g) = counts.at(1, g) = groups[g];
  return counts;
}

/// DeLong's variance from every pair of rows, as it is defined.
double delong_error(const std::vector<double>& positives, const std::vector<double>& negatives) {
  const auto wins = [](double a, double b) { return a > b ? 1.0 : a == b ? 0.5 : 0.0; };
  const auto spread = [&](const std::vector<double>& own, const std::vector<double>& others,
                          bool higher) {
    std::vector<double> means;
    double mean = 0;
    for (const double a : own) {
      double sum = 0;
      for (const double b : others) sum += higher ? wins(a, b) : wins(b, a);
      means.push_back(sum / static_cast<double>(others.size()));
      mean += means.back() / static_cast<double>(own.size());
    }
    double square = 0;
    for (const double each : means) square += (each - mean) * (each - mean);
    return square / static_cast<double>(own.size() - 1) / static_cast<double>(own.size());
  };
  return std::sqrt(spread(positives, negatives, true) + spread(negatives, positives, false));
}

TEST(Strength, HasDeLongsIntervalOnTheLogitScale) {
  // Both folds are alike, so each group's score is its rate in one fold, smoothed by one row.
  const std::vector<ClassTotals> groups{{40, 2}, {30, 6}, {10, 12}};
  const Strength strength = strength_of(two_folds(groups), 1);
  std::vector<double> positives;
  std::vector<double> negatives;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    negatives.insert(negatives.end(), 2 * groups[g].n0, static_cast<double>(g));
    positives.insert(positives.end(), 2 * groups[g].n1, static_cast<double>(g));
  }
  double auc = 0;
  for (const double p : positives) {
    for (const double n : negatives) auc += p > n ? 1 : p == n ? 0.5 : 0;
  }
  auc /= static_cast<double>(positives.size() * negatives.size());
  EXPECT_NEAR(strength.auc_roc, auc, 1e-12);
  const double half = 1.959963984540054 * delong_error(positives, negatives) / (auc * (1 - auc));
  const double logit = std::log(auc / (1 - auc));
  EXPECT_NEAR(strength.auc_interval.low, 1 / (1 + std::exp(half - logit)), 1e-9);
  EXPECT_NEAR(strength.auc_interval.high, 1 / (1 + std::exp(-half - logit)), 1e-9);
}

TEST(Strength, OfAColumnThatIsTheAnswerIsNearlyOne) {
  const Strength strength = strength_of(two_folds({{900, 0}, {0, 100}}), 1);
  EXPECT_GT(strength.information, 0.98);
  EXPECT_EQ(strength.auc_roc, 1);
  EXPECT_NEAR(strength.auc_interval.low, 1 - 3.689 / 200, 1e-9);
  EXPECT_EQ(strength.auc_interval.high, 1);
}

TEST(Strength, OfAColumnWithoutBearingIsNone) {
  GroupCounts counts(2, 2);
  counts.at(0, 0) = {480, 20};
  counts.at(0, 1) = {470, 30};
  counts.at(1, 0) = {472, 28};
  counts.at(1, 1) = {478, 22};
  const Strength strength = strength_of(counts, 1);
  EXPECT_LT(strength.information, 0.001);
  EXPECT_LT(strength.auc_roc, 0.5) << "what the other fold says of these is wrong";
}

TEST(Strength, WantsMoreWhereMoreIsTried) {
  EXPECT_NEAR(simultaneous_z(1), 1.959964, 1e-6);
  EXPECT_NEAR(simultaneous_z(100), 3.480756, 1e-6);
  const GroupCounts counts = two_folds({{400, 10}, {100, 60}});
  const Strength one = strength_of(counts, 1);
  const Strength many = strength_of(counts, 1000);
  EXPECT_EQ(one.information, many.information);
  EXPECT_NEAR(one.information_low, one.information_interval.low, 1e-9);
  EXPECT_LT(many.information_low, one.information_low);
}

TEST(Strength, IsNoneWhereAFoldHasAllOfAClass) {
  GroupCounts counts(2, 2);
  counts.at(0, 0) = {10, 5};
  counts.at(1, 1) = {10, 0};
  EXPECT_EQ(strength_of(counts, 1).information, 0);
  EXPECT_EQ(strength_of(GroupCounts(2, 2), 1).auc_roc, 0.5);
}

}  // namespace
}  // namespace rarewood
