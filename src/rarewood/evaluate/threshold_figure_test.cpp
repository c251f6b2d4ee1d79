#include "rarewood/evaluate/threshold_figure.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/count_draws.hpp"

namespace rarewood {
namespace {

using Kind = ThresholdRule::Kind;

const ThresholdRule kF2{Kind::f_beta, 2};
const ThresholdRule kCost{Kind::cost, 0, {1, 10, 2, 0.5}};
const ThresholdRule kBenefit{Kind::net_benefit, 0.2};

TEST(ThresholdFigure, IsWhatItsNameSays) {
  const Confusion confusion{60, 20, 5, 15};
  EXPECT_DOUBLE_EQ(figure_of({}, confusion), f1_score(confusion));
  EXPECT_DOUBLE_EQ(figure_of(kF2, confusion), 5 * 15.0 / (5 * 15 + 4 * 5 + 20));
  EXPECT_DOUBLE_EQ(figure_of(kCost, confusion), (20 + 10 * 5 - 2 * 15 - 0.5 * 60) / 100);
  EXPECT_DOUBLE_EQ(figure_of(kBenefit, confusion), (15 - 20 * 0.25) / 100);
  EXPECT_DOUBLE_EQ(figure_of({Kind::recall, 0.5}, confusion), 0.75);
  EXPECT_DOUBLE_EQ(figure_of({Kind::precision, 0.5}, confusion), 15.0 / 35);
  EXPECT_DOUBLE_EQ(figure_of({Kind::top, 0.5}, confusion), 0.35);
}

/// Standard deviation of the difference between two points' figures when rows are drawn again.
double simulated_error(const ThresholdRule& rule, const CurvePoint& a, const CurvePoint& b,
                       const ClassTotals& totals) {
  // a flags fewer rows than b: by class those a flags, those only b flags, those neither does.
  const CountDraws draws(
      {a.n0, b.n0 - a.n0, totals.n0 - b.n0, a.n1, b.n1 - a.n1, totals.n1 - b.n1});
  std::vector<std::uint64_t> n(6);
  double sum = 0;
  double squares = 0;
  constexpr int kDraws = 4000;
  for (int i = 0; i < kDraws; ++i) {
    Random random(5, "figure test", static_cast<std::uint64_t>(i));
    draws.draw(random, n);
    const ClassTotals drawn{n[0] + n[1] + n[2], n[3] + n[4] + n[5]};
    const double apart = figure_at(rule, {0, n[0], n[3]}, drawn) -
                         figure_at(rule, {0, n[0] + n[1], n[3] + n[4]}, drawn);
    sum += apart;
    squares += apart * apart;
  }
  return std::sqrt(squares / kDraws - (sum / kDraws) * (sum / kDraws));
}

TEST(ThresholdFigure, KnowsHowUncertainADifferenceIs) {
  const ClassTotals totals{9000, 700};
  const CurvePoint a{0.4, 300, 250};
  const CurvePoint b{0.2, 900, 420};
  for (const ThresholdRule& rule : {ThresholdRule{}, kF2, kCost, kBenefit}) {
    const bool a_is_best = is_better(rule, a, b, totals);
    const double behind = std::abs(figure_at(rule, a, totals) - figure_at(rule, b, totals));
    const double error = behind / errors_behind(rule, a_is_best ? a : b, a_is_best ? b : a, totals);
    EXPECT_NEAR(error / simulated_error(rule, a, b, totals), 1, 0.05) << rule_words(rule);
  }
}

TEST(ThresholdFigure, IsNotBehindItself) {
  EXPECT_EQ(errors_behind({}, {0.4, 30, 25}, {0.4, 30, 25}, {900, 70}), 0);
}

TEST(ThresholdFigure, ComparesF1AsFractions) {
  // 2 * 1 / (1 + 3) and 2 * 2 / (5 + 3) are equal.
  const ClassTotals totals{12, 3};
  EXPECT_FALSE(is_better({}, {0.7, 0, 1}, {0.2, 3, 2}, totals));
  EXPECT_FALSE(is_better({}, {0.2, 3, 2}, {0.7, 0, 1}, totals));
}

TEST(ThresholdFigure, KnowsWhereRightProbabilitiesHaveTheBest) {
  EXPECT_DOUBLE_EQ(expected_threshold({}, 0.48), 0.24);
  EXPECT_DOUBLE_EQ(expected_threshold(kF2, 0.5), 0.1);
  EXPECT_DOUBLE_EQ(expected_threshold(kCost, -3), 1.5 / (1.5 + 12));
  EXPECT_DOUBLE_EQ(expected_threshold(kBenefit, 0.01), 0.2);
  EXPECT_TRUE(std::isnan(expected_threshold({Kind::recall, 0.5}, 0.5)));
}

/// Rows with costs of their own, scores in no order and with ties.
ScoreList dear_rows() {
  Random random(8, "own costs");
  ScoreList list;
  for (int i = 0; i < 300; ++i) {
    const double score = static_cast<double>(random.below(40)) / 40;
    const bool positive = random.uniform() < score / 2;
    list.push_back({score, positive ? 0U : 1U, positive ? 1U : 0U,
                    static_cast<double>(random.below(500)) / 100});
  }
  return list;
}

ThresholdRule own_costs(bool false_positive, bool false_negative) {
  DecisionCosts costs{1.5, 4, 0.25, 0.125};
  costs.own_false_positive = false_positive;
  costs.own_false_negative = false_negative;
  return {Kind::cost, 0, costs, "cost"};
}

TEST(ThresholdFigure, OfOwnCostsIsTheSumOverRows) {
  const ScoreList list = dear_rows();
  for (const bool fp : {false, true}) {
    const ThresholdRule rule = own_costs(fp, true);
    const Curve curve = with_costs(rule, list, make_curve(list));
    for (const CurvePoint& point : curve.points) {
      double cost = 0;
      double squares = 0;
      for (const ScoreCount& row : list) {
        const bool flagged = row.score >= point.score;
        const double alarm = fp ? row.cost : 1.5;
        cost += row.n1 > 0 ? (flagged ? -0.25 : row.cost) : (flagged ? alarm : -0.125);
        const double change = row.n1 > 0 ? row.cost + 0.25 : alarm + 0.125;
        if (flagged) squares += change * change;
      }
      EXPECT_NEAR(point.cost, cost, 1e-10);
      EXPECT_NEAR(point.squares, squares, 1e-10);
      EXPECT_NEAR(figure_at(rule, point, curve.totals), cost / 300, 1e-12);
      EXPECT_NEAR(sums_of(rule, list, flags_at(list, point.score)).ratio(), cost / 300, 1e-12);
    }
  }
}

TEST(ThresholdFigure, OfOwnCostsThatAreAlikeIsThatOfConstants) {
  ScoreList list = dear_rows();
  for (ScoreCount& row : list) row.cost = row.n1 > 0 ? 4 : 1.5;
  const ThresholdRule own = own_costs(true, true);
  const ThresholdRule constant = own_costs(false, false);
  const Curve curve = with_costs(own, list, make_curve(list));
  const CurvePoint& a = curve.points[3];
  const CurvePoint& b = curve.points[20];
  EXPECT_NEAR(figure_at(own, a, curve.totals), figure_at(constant, a, curve.totals), 1e-12);
  const bool a_is_best = is_better(own, a, b, curve.totals);
  EXPECT_EQ(is_better(constant, a, b, curve.totals), a_is_best);
  const auto& best = a_is_best ? a : b;
  const auto& other = a_is_best ? b : a;
  EXPECT_NEAR(errors_behind(own, best, other, curve.totals),
              errors_behind(constant, best, other, curve.totals), 1e-10);
  EXPECT_TRUE(std::isnan(expected_threshold(own, 0.1)));
}

TEST(ThresholdFigure, OfEveryRuleIsARatioOfSumsOverRows) {
  const ScoreList list = dear_rows();
  const Flags flags = flags_at(list, 0.6);
  const Confusion confusion = confusion_of(list, flags);
  for (const ThresholdRule& rule :
       {ThresholdRule{}, kF2, kCost, kBenefit, ThresholdRule{Kind::recall, 0.5},
        ThresholdRule{Kind::precision, 0.5}, ThresholdRule{Kind::top, 0.5}}) {
    EXPECT_NEAR(sums_of(rule, list, flags).ratio(), figure_of(rule, confusion), 1e-12);
  }
}

}  // namespace
}  // namespace rarewood
