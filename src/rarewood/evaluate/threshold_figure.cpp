#include "rarewood/evaluate/threshold_figure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

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
  const Stakes stakes = stakes_of(rule);
  return stakes.gain * number(flagged.n1) - stakes.loss * number(flagged.n0);
}

double squared_error(const ThresholdRule& rule, const CurvePoint& a, const CurvePoint& b,
                     const ClassTotals& totals) {
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

double figure_at(const ThresholdRule& rule, const CurvePoint& flagged, const ClassTotals& totals) {
  const double rows = number(totals.rows());
  switch (rule.kind) {
    case Kind::f_beta: return f_beta(rule.value, flagged, totals);
    case Kind::cost: return mean_cost(rule.costs, flagged, totals);
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
                   {confusion.true_negative + confusion.false_positive,
                    confusion.true_positive + confusion.false_negative});
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
  if (rule.kind != Kind::cost) return std::numeric_limits<double>::quiet_NaN();
  const double loss = rule.costs.negative_loss();
  return loss / (loss + rule.costs.positive_gain());
}

}  // namespace rarewood
