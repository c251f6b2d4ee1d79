#include "rarewood/evaluate/threshold_cut.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/threshold.hpp"
#include "rarewood/evaluate/threshold_figure.hpp"

namespace rarewood {
namespace {

using Kind = ThresholdRule::Kind;

Curve random_curve(std::uint64_t seed) {
  Random random(seed, "cut test");
  ScoreList list;
  for (int i = 1; i < 60; ++i) {
    const std::uint64_t rows = 1 + random.below(40);
    const std::uint64_t n1 = draw_binomial(random, rows, i / 90.0);
    list.push_back({i / 60.0, rows - n1, n1});
  }
  return make_curve(list);
}

/// True of the points that do what a rule asks for.
bool keeps(const ThresholdRule& rule, const Curve& curve, std::size_t point) {
  const double figure = figure_at(rule, curve.points[point], curve.totals);
  return rule.kind == Kind::top ? figure <= rule.value + 1e-12 : figure >= rule.value - 1e-12;
}

TEST(CutBy, KeepsARecallWithTheFewestRows) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Curve curve = random_curve(seed);
    for (const double recall : {0.01, 0.5, 0.8, 1.0}) {
      const ThresholdRule rule{Kind::recall, recall};
      const Cut cut = cut_by(rule, curve);
      EXPECT_TRUE(cut.kept && keeps(rule, curve, cut.point));
      EXPECT_TRUE(cut.point == 0 || !keeps(rule, curve, cut.point - 1));
    }
  }
}

TEST(CutBy, KeepsAPrecisionWithTheHighestRecall) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Curve curve = random_curve(seed);
    const ThresholdRule rule{Kind::precision, 0.45};
    const Cut cut = cut_by(rule, curve);
    EXPECT_TRUE(cut.kept && keeps(rule, curve, cut.point));
    for (std::size_t i = cut.point + 1; i < curve.points.size(); ++i) {
      EXPECT_FALSE(keeps(rule, curve, i));
    }
  }
}

TEST(CutBy, TakesTheHighestPrecisionWhereTheWantedIsOutOfReach) {
  const Curve curve = make_curve({{0.1, 90, 1}, {0.5, 5, 5}, {0.9, 2, 1}});
  const Cut cut = cut_by({Kind::precision, 0.9}, curve);
  EXPECT_FALSE(cut.kept);
  EXPECT_EQ(cut.point, 1U);  // 6 of 13 against 1 of 3
}

TEST(CutBy, FillsAShareOfTheRowsAndNoMore) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Curve curve = random_curve(seed);
    const ThresholdRule rule{Kind::top, 0.2};
    const Cut cut = cut_by(rule, curve);
    EXPECT_TRUE(cut.kept && keeps(rule, curve, cut.point));
    EXPECT_FALSE(keeps(rule, curve, cut.point + 1));
  }
  const Curve tied = make_curve({{0.9, 50, 10}, {0.1, 40, 0}});
  EXPECT_FALSE(cut_by({Kind::top, 0.2}, tied).kept);
  EXPECT_EQ(cut_by({Kind::top, 0.2}, tied).point, 0U);
}

TEST(CutBy, StaysOnThePlateauOfTheBest) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Curve curve = random_curve(seed);
    for (const ThresholdRule& rule :
         {ThresholdRule{}, ThresholdRule{Kind::f_beta, 0.7}, ThresholdRule{Kind::cost, 0, {1, 3}},
          ThresholdRule{Kind::net_benefit, 0.3}}) {
      const Cut cut = cut_by(rule, curve);
      const CurvePoint& best = curve.points[cut.best];
      for (std::size_t i = 0; i < curve.points.size(); ++i) {
        EXPECT_FALSE(is_better(rule, curve.points[i], best, curve.totals));
        const bool as_good =
            errors_behind(rule, best, curve.points[i], curve.totals) <= kPlateauErrors;
        const bool inside = i >= cut.plateau.first && i <= cut.plateau.last;
        EXPECT_TRUE(inside || !as_good);
      }
      EXPECT_TRUE(cut.point >= cut.plateau.first && cut.point <= cut.plateau.last);
    }
  }
}

TEST(CutBy, TakesThePlaceThatRightProbabilitiesHave) {
  // The rate of positive rows is the score: the cost's place is 0.25, wherever the best happens to
  // be.
  ScoreList list;
  Random random(3, "cut test");
  for (int i = 1; i < 100; ++i) {
    const std::uint64_t n1 = draw_binomial(random, 50, i / 100.0);
    list.push_back({i / 100.0, 50 - n1, n1});
  }
  const Curve curve = make_curve(list);
  const Cut cut = cut_by({Kind::cost, 0, {1, 3}}, curve);
  EXPECT_DOUBLE_EQ(curve.points[cut.point].score, 0.25);
}

TEST(CutBy, TakesTheMiddleWhereProbabilitiesAreWrong) {
  // Ten times too high: 0.25 is far below the plateau.
  ScoreList list;
  for (int i = 1; i < 100; ++i) {
    list.push_back(
        {i / 100.0, 1000 - static_cast<std::uint64_t>(i), static_cast<std::uint64_t>(i)});
  }
  const Curve curve = make_curve(list);
  const Cut cut = cut_by({Kind::cost, 0, {1, 15}}, curve);
  const double lowest = curve.points[cut.plateau.last].score;
  const double highest = curve.points[cut.plateau.first].score;
  EXPECT_GT(lowest, 1.0 / 16);
  EXPECT_NEAR(curve.points[cut.point].score, (lowest + highest) / 2, 0.01);
}

TEST(CutBy, FlagsNobodyOnlyWhereThatIsBetter) {
  const Curve curve = make_curve({{0.1, 90, 1}, {0.5, 5, 5}});
  const auto best = [&](double false_positive) {
    const ThresholdRule rule{Kind::cost, 0, {false_positive, 1}};
    return cut_by(rule, with_nobody(rule, curve)).best;
  };
  EXPECT_EQ(best(1.01), 0U);  // 5.05 lost for 5
  EXPECT_EQ(best(1), 1U);     // the same
  EXPECT_EQ(best(0.99), 1U);
  EXPECT_EQ(with_nobody({}, curve).points.size(), curve.points.size());
}

TEST(CutBy, IsNotForFixedNumbers) {
  EXPECT_THROW(cut_by({Kind::fixed, 0.5}, random_curve(1)), Error);
}

}  // namespace
}  // namespace rarewood
