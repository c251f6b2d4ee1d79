#include "rarewood/evaluate/threshold_figure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "rarewood/evaluate/ranking.hpp"

namespace rarewood {
namespace {

using Kind = ThresholdRule::Kind;
__extension__ using Wide = unsigned __int128;

double number(std::uint64_t count) { return static_cast<double>(count); }

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

/// What a flagged negative row takes away and a flagged positive row adds, where rows add up.
struct Stakes {
  double loss = 0;
  double gain = 0;
};

Stakes stakes_of(const ThresholdRule& rule) {
  if (rule.kind == Kind::cost) return {rule.costs.negative_loss(), rule.costs.positive_gain()};
  return {rule.value / (1 - rule.value), 1};
}

double f_beta(double beta, const CurvePoint& flagged, const ClassTotals& totals) {
  const double weight = beta * beta;
  return ratio((1 + weight) * number(flagged.n1),
               number(flagged.n0 + flagged.n1) + weight * number(totals.n1));
}

double cost_of(const DecisionCosts& costs, const DecidedRow& row) {
  if (row.positive) {
    if (row.flagged) return -costs.true_positive;
    return costs.own_false_negative ? row.own_cost : costs.false_negative;
  }
  if (!row.flagged) return -costs.true_negative;
  return costs.own_false_positive ? row.own_cost : costs.false_positive;
}

double mean_cost(const DecisionCosts& costs, const CurvePoint& flagged, const ClassTotals& totals) {
  const double sum = costs.false_positive * number(flagged.n0) +
                     costs.false_negative * number(totals.n1 - flagged.n1) -
                     costs.true_positive * number(flagged.n1) -
                     costs.true_negative * number(totals.n0 - flagged.n0);
  return ratio(sum, number(totals.rows()));
}

/// How much one row of a class moves the figure, up to a factor that is the same for all: the
/// derivative by the number of such rows.
class Influence {
 public:
  Influence(const ThresholdRule& rule, const CurvePoint& flagged, const ClassTotals& totals)
      : is_ratio_(rule.kind == Kind::f_beta) {
    if (is_ratio_) {
      weight_ = rule.value * rule.value;
      figure_ = f_beta(rule.value, flagged, totals);
      whole_ = number(flagged.n0 + flagged.n1) + weight_ * number(totals.n1);
    } else {
      stakes_ = stakes_of(rule);
    }
  }

  double of(bool positive, bool flagged) const {
    if (!is_ratio_) return flagged ? (positive ? stakes_.gain : -stakes_.loss) : 0;
    const double part = positive && flagged ? 1 + weight_ : 0;
    const double in_whole = (flagged ? 1 : 0) + (positive ? weight_ : 0);
    return (part - figure_ * in_whole) / whole_;
  }

 private:
  bool is_ratio_;
  double weight_ = 0;
  double figure_ = 0;
  double whole_ = 1;
  Stakes stakes_;
};

/// The figure up to terms and factors that are the same for all points of a curve.
double comparable(const ThresholdRule& rule, const CurvePoint& flagged, const ClassTotals& totals) {
  if (rule.kind == Kind::f_beta) return f_beta(rule.value, flagged, totals);
  if (rule.costs.differ_by_row()) return -flagged.cost;
  const Stakes stakes = stakes_of(rule);
  return stakes.gain * number(flagged.n1) - stakes.loss * number(flagged.n0);
}

double squared_error(const ThresholdRule& rule, const CurvePoint& a, const CurvePoint& b,
                     const ClassTotals& totals) {
  if (rule.costs.differ_by_row()) return std::abs(a.squares - b.squares);
  const Influence at_a(rule, a, totals);
  const Influence at_b(rule, b, totals);
  const bool a_flags_more = a.n0 + a.n1 > b.n0 + b.n1;
  const CurvePoint& more = a_flags_more ? a : b;
  const CurvePoint& fewer = a_flags_more ? b : a;
  double sum = 0;
  for (const bool positive : {false, true}) {
    const double by_fewer = number(positive ? fewer.n1 : fewer.n0);
    const double by_more = number(positive ? more.n1 : more.n0);
    const double all = number(positive ? totals.n1 : totals.n0);
    const auto add = [&](double rows, bool flagged_a, bool flagged_b) {
      const double apart = at_a.of(positive, flagged_a) - at_b.of(positive, flagged_b);
      sum += rows * apart * apart;
    };
    add(by_fewer, true, true);
    add(by_more - by_fewer, a_flags_more, !a_flags_more);
    add(all - by_more, false, false);
  }
  return sum;
}

}  // namespace

RatioTerms terms_of(const ThresholdRule& rule, const DecidedRow& row) {
  const bool positive = row.positive;
  const bool flagged = row.flagged;
  const double hit = positive && flagged ? 1 : 0;
  const double raised = flagged ? 1 : 0;
  switch (rule.kind) {
    case Kind::f_beta: {
      const double weight = rule.value * rule.value;
      return {(1 + weight) * hit, raised + (positive ? weight : 0)};
    }
    case Kind::cost: return {cost_of(rule.costs, row), 1};
    case Kind::net_benefit: return {hit - (raised - hit) * rule.value / (1 - rule.value), 1};
    case Kind::recall: return {hit, positive ? 1.0 : 0.0};
    case Kind::precision: return {hit, raised};
    case Kind::top:
    case Kind::per_day: return {raised, 1};
    case Kind::fixed: break;
  }
  return {};
}

RatioTerms sums_of(const ThresholdRule& rule, const ScoreList& list, const Flags& flags) {
  RatioTerms sums;
  for (std::size_t i = 0; i < list.size(); ++i) {
    for (const bool positive : {false, true}) {
      const double rows = number(positive ? list[i].n1 : list[i].n0);
      const RatioTerms row = terms_of(rule, {positive, flags[i] != 0, list[i].cost});
      sums.part += rows * row.part;
      sums.whole += rows * row.whole;
    }
  }
  return sums;
}

double figure_at(const ThresholdRule& rule, const CurvePoint& flagged, const ClassTotals& totals) {
  const double rows = number(totals.rows());
  switch (rule.kind) {
    case Kind::f_beta: return f_beta(rule.value, flagged, totals);
    case Kind::cost:
      return rule.costs.differ_by_row() ? ratio(flagged.cost, rows)
                                        : mean_cost(rule.costs, flagged, totals);
    case Kind::net_benefit: return ratio(comparable(rule, flagged, totals), rows);
    case Kind::recall: return ratio(number(flagged.n1), number(totals.n1));
    case Kind::precision: return ratio(number(flagged.n1), number(flagged.n0 + flagged.n1));
    case Kind::top:
    case Kind::per_day: return ratio(number(flagged.n0 + flagged.n1), rows);
    case Kind::fixed: break;
  }
  return 0;
}

double figure_of(const ThresholdRule& rule, const Confusion& confusion) {
  return figure_at(rule, {0, confusion.false_positive, confusion.true_positive},
                   confusion.totals());
}

Curve with_costs(const ThresholdRule& rule, const ScoreList& list, Curve curve) {
  if (!rule.costs.differ_by_row()) return curve;
  const Flags nobody(list.size(), 0);
  curve.cost_of_nobody = sums_of(rule, list, nobody).part;
  double cost = curve.cost_of_nobody;
  double squares = 0;
  const std::vector<std::uint32_t> order = descending(list);
  auto next = order.begin();
  for (CurvePoint& point : curve.points) {
    for (; next != order.end() && list[*next].score >= point.score; ++next) {
      const ScoreCount& entry = list[*next];
      for (const bool positive : {false, true}) {
        const double rows = number(positive ? entry.n1 : entry.n0);
        const double change = cost_of(rule.costs, {positive, true, entry.cost}) -
                              cost_of(rule.costs, {positive, false, entry.cost});
        cost += rows * change;
        squares += rows * change * change;
      }
    }
    point.cost = cost;
    point.squares = squares;
  }
  return curve;
}

bool is_better(const ThresholdRule& rule, const CurvePoint& first, const CurvePoint& second,
               const ClassTotals& totals) {
  const double weight = rule.value * rule.value;
  const bool exact = rule.kind == Kind::f_beta && weight == std::floor(weight) && weight <= 1e6;
  if (!exact) return comparable(rule, first, totals) > comparable(rule, second, totals);
  const auto whole = [&](const CurvePoint& flagged) {
    return Wide{flagged.n0} + flagged.n1 + Wide{static_cast<std::uint64_t>(weight)} * totals.n1;
  };
  return first.n1 * whole(second) > second.n1 * whole(first);
}

double errors_behind(const ThresholdRule& rule, const CurvePoint& best, const CurvePoint& point,
                     const ClassTotals& totals) {
  const double behind = comparable(rule, best, totals) - comparable(rule, point, totals);
  if (behind <= 0) return 0;
  const double error = std::sqrt(squared_error(rule, best, point, totals));
  return error > 0 ? behind / error : std::numeric_limits<double>::infinity();
}

double expected_threshold(const ThresholdRule& rule, double best_figure) {
  if (rule.kind == Kind::f_beta) return best_figure / (1 + rule.value * rule.value);
  if (rule.kind == Kind::net_benefit) return rule.value;
  if (rule.kind != Kind::cost || rule.costs.differ_by_row()) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const double loss = rule.costs.negative_loss();
  return loss / (loss + rule.costs.positive_gain());
}

}  // namespace rarewood
