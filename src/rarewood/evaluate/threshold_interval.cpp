#include "rarewood/evaluate/threshold_interval.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rarewood/base/parallel.hpp"
#include "rarewood/evaluate/count_draws.hpp"
#include "rarewood/evaluate/score_axis.hpp"
#include "rarewood/evaluate/threshold_cut.hpp"
#include "rarewood/evaluate/threshold_figure.hpp"
#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

/// A group has at most this share of the rows of either class, unless they have one score.
constexpr double kGroups = 1024;

/// Neighbouring scores as groups, from the highest down; each flags its lowest score.
struct Groups {
  std::vector<double> score;
  std::vector<std::uint64_t> n0;
  std::vector<std::uint64_t> n1;
  // Where rows have costs of their own:
  std::vector<double> change;  ///< of cost, by flagging the group
  std::vector<double> spread;  ///< of the same, with its sign: the root of the sum of squares
};

Groups grouped(const Curve& curve) {
  Groups groups;
  CurvePoint before{0, 0, 0, curve.cost_of_nobody, 0};
  double begin = -1;
  for (const CurvePoint& point : curve.points) {
    const double place = kGroups / 2 *
                         (static_cast<double>(point.n0) /
                              static_cast<double>(std::max<std::uint64_t>(curve.totals.n0, 1)) +
                          static_cast<double>(point.n1) / static_cast<double>(curve.totals.n1));
    const bool fresh = begin < 0 || place - begin > 1;
    if (fresh) {
      begin = place;
      groups.score.push_back(point.score);
      groups.n0.push_back(0);
      groups.n1.push_back(0);
      groups.change.push_back(0);
      groups.spread.push_back(0);
    }
    groups.score.back() = point.score;
    groups.n0.back() += point.n0 - before.n0;
    groups.n1.back() += point.n1 - before.n1;
    groups.change.back() += point.cost - before.cost;
    groups.spread.back() += point.squares - before.squares;
    before = point;
  }
  for (std::size_t g = 0; g < groups.spread.size(); ++g) {
    groups.spread[g] = std::copysign(std::sqrt(groups.spread[g]), groups.change[g]);
  }
  return groups;
}

/// Where costs are lowest in each draw. Of rows that are drawn Poisson numbers of times a sum has
/// the mean `change` and the variance spread^2, and so has one number for the whole group.
std::vector<double> lowest_costs(const Groups& groups, const BootstrapPlan& plan,
                                 const Control& control) {
  const CountDraws draws(std::vector<std::uint64_t>(groups.score.size(), 1));
  std::vector<double> drawn(plan.draws);
  parallel_for(control, plan.draws, [&](std::size_t draw) {
    Random random(plan.seed, "threshold", draw);
    std::vector<std::uint64_t> times(groups.score.size());
    draws.draw(random, times);
    double cost = 0;
    double lowest = 0;
    drawn[draw] = nobody_score();
    for (std::size_t g = 0; g < times.size(); ++g) {
      cost += groups.change[g] + groups.spread[g] * (static_cast<double>(times[g]) - 1);
      if (cost >= lowest) continue;
      lowest = cost;
      drawn[draw] = groups.score[g];
    }
  });
  return drawn;
}

Curve curve_of(const Groups& groups, const std::vector<std::uint64_t>& n0,
               const std::vector<std::uint64_t>& n1) {
  Curve curve;
  for (std::size_t g = 0; g < groups.score.size(); ++g) {
    if (n0[g] + n1[g] == 0) continue;
    curve.totals.n0 += n0[g];
    curve.totals.n1 += n1[g];
    curve.points.push_back({groups.score[g], curve.totals.n0, curve.totals.n1});
  }
  return curve;
}

std::vector<double> without_nan(std::vector<double> values) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  return values;
}

}  // namespace

Interval threshold_interval(const OofScores& scores, const Calibrator& calibrator,
                            const ThresholdRule& rule, const BootstrapPlan& plan,
                            const Control& control) {
  const ScoreList list = calibrated_list(scores.list(), calibrator);
  const Groups groups = grouped(with_costs(rule, list, make_curve(list)));
  if (rule.costs.differ_by_row()) {
    return percentile_interval(lowest_costs(groups, plan, control));
  }
  const CountDraws draws0(groups.n0);
  const CountDraws draws1(groups.n1);
  std::vector<double> drawn(plan.draws, std::numeric_limits<double>::quiet_NaN());
  constexpr std::uint64_t kBatch = 32;  // draws that share their arrays
  parallel_for(control, (plan.draws + kBatch - 1) / kBatch, [&](std::size_t batch) {
    std::vector<std::uint64_t> n0(groups.score.size());
    std::vector<std::uint64_t> n1(groups.score.size());
    const std::uint64_t end = std::min<std::uint64_t>(plan.draws, (batch + 1) * kBatch);
    for (std::uint64_t draw = batch * kBatch; draw < end; ++draw) {
      Random random(plan.seed, "threshold", draw);
      draws0.draw(random, n0);
      if (draws1.draw(random, n1) == 0) continue;
      const Curve curve = with_nobody(rule, curve_of(groups, n0, n1));
      const std::size_t best =
          rule.is_best_of_a_figure() ? best_point(rule, curve) : cut_by(rule, curve).point;
      drawn[draw] = curve.points[best].score;
    }
  });
  return percentile_interval(without_nan(std::move(drawn)));
}

Interval figure_interval(const ThresholdRule& rule, const Confusion& confusion,
                         const BootstrapPlan& plan) {
  const CountDraws draws({confusion.true_negative, confusion.false_positive,
                          confusion.false_negative, confusion.true_positive});
  std::vector<double> figures;
  std::vector<std::uint64_t> n(4);
  for (std::uint64_t draw = 0; draw < plan.draws; ++draw) {
    Random random(plan.seed, "threshold figure", draw);
    if (draws.draw(random, n) > 0) figures.push_back(figure_of(rule, {n[0], n[1], n[2], n[3]}));
  }
  return percentile_interval(std::move(figures));
}

}  // namespace rarewood
