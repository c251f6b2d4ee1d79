#include "rarewood/evaluate/threshold_cut.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rarewood/base/error.hpp"
#include "rarewood/evaluate/threshold.hpp"
#include "rarewood/evaluate/threshold_figure.hpp"

namespace rarewood {
namespace {

using Kind = ThresholdRule::Kind;

bool flags_nobody(const CurvePoint& point) { return point.n0 + point.n1 == 0; }

/// The first point that flags a row.
std::size_t first_flagged(const Curve& curve) { return flags_nobody(curve.points.front()) ? 1 : 0; }

/// All points that are not shown to be worse than the best, and what lies between them.
CutPlateau plateau_around(const ThresholdRule& rule, const Curve& curve, std::size_t best) {
  const auto as_good = [&](std::size_t i) {
    return errors_behind(rule, curve.points[best], curve.points[i], curve.totals) <= kPlateauErrors;
  };
  const std::size_t first = std::min(best, first_flagged(curve));
  CutPlateau plateau{first, curve.points.size() - 1};
  while (plateau.first < best && !as_good(plateau.first)) ++plateau.first;
  while (plateau.last > best && !as_good(plateau.last)) --plateau.last;
  return plateau;
}

/// The last point of the plateau that flags nothing below a probability.
std::size_t point_at(double probability, const Curve& curve, const CutPlateau& plateau) {
  std::size_t point = plateau.first;
  while (point < plateau.last && curve.points[point + 1].score >= probability) ++point;
  return point;
}

/// Of the points that are as good as can be told: where right probabilities have the best, if that
/// is one of them, else the middle of their probabilities.
std::size_t choice_from(const CutPlateau& plateau, double expected, const Curve& curve) {
  const double highest = curve.points[plateau.first].score;
  const double lowest = curve.points[plateau.last].score;
  const bool among = expected >= lowest && expected <= highest;
  // Between nobody and the others there is no middle.
  if (!among && flags_nobody(curve.points[plateau.first])) return plateau.first;
  return point_at(among ? expected : (lowest + highest) / 2, curve, plateau);
}

Cut best_of_figure(const ThresholdRule& rule, const Curve& curve) {
  const std::size_t best = best_point(rule, curve);
  const CutPlateau plateau = plateau_around(rule, curve, best);
  const double figure = figure_at(rule, curve.points[best], curve.totals);
  return {choice_from(plateau, expected_threshold(rule, figure), curve), best, plateau};
}

Cut single(std::size_t point, bool kept = true) { return {point, point, {point, point}, kept}; }

/// The fewest rows that hold the wanted share of the positive ones.
Cut recall_at_least(double recall, const Curve& curve) {
  // A product that is whole but for its last bits asks for that whole number.
  const double wanted = recall * static_cast<double>(curve.totals.n1) * (1 - 1e-12);
  std::size_t point = 0;
  while (static_cast<double>(curve.points[point].n1) < wanted) ++point;
  return single(point);
}

/// The most rows of the wanted precision; where there are none, those of the highest.
Cut precision_at_least(const ThresholdRule& rule, const Curve& curve) {
  std::size_t best = 0;
  std::size_t point = 0;
  bool kept = false;
  for (std::size_t i = 0; i < curve.points.size(); ++i) {
    const double precision = figure_at(rule, curve.points[i], curve.totals);
    if (precision > figure_at(rule, curve.points[best], curve.totals)) best = i;
    if (precision < rule.value) continue;
    point = i;
    kept = true;
  }
  return single(kept ? point : best, kept);
}

/// As many of the likeliest rows as go into a share; those of the highest score if not even they
/// do.
Cut top_share(double share, const Curve& curve) {
  const double room = share * static_cast<double>(curve.totals.rows()) * (1 + 1e-12);
  const auto fits = [&](std::size_t i) {
    return static_cast<double>(curve.points[i].n0 + curve.points[i].n1) <= room;
  };
  std::size_t point = 0;
  while (point + 1 < curve.points.size() && fits(point + 1)) ++point;
  return single(point, fits(point));
}

}  // namespace

double nobody_score() { return static_cast<double>(std::nextafter(1.0F, 2.0F)); }

Curve with_nobody(const ThresholdRule& rule, Curve curve) {
  if (!rule.may_flag_nobody()) return curve;
  curve.points.insert(curve.points.begin(), {nobody_score(), 0, 0, curve.cost_of_nobody, 0});
  return curve;
}

std::size_t best_point(const ThresholdRule& rule, const Curve& curve) {
  const std::size_t first = first_flagged(curve);
  std::size_t best = first;
  for (std::size_t i = first + 1; i < curve.points.size(); ++i) {
    if (is_better(rule, curve.points[i], curve.points[best], curve.totals)) best = i;
  }
  const bool nobody =
      first > 0 && is_better(rule, curve.points.front(), curve.points[best], curve.totals);
  return nobody ? 0 : best;
}

Cut cut_by(const ThresholdRule& rule, const Curve& curve) {
  switch (rule.kind) {
    case Kind::f_beta:
    case Kind::cost:
    case Kind::net_benefit: return best_of_figure(rule, curve);
    case Kind::recall: return recall_at_least(rule.value, curve);
    case Kind::precision: return precision_at_least(rule, curve);
    case Kind::top: return top_share(rule.value, curve);
    case Kind::per_day:
    case Kind::fixed: break;
  }
  throw Error(ErrorKind::bug, "The rule '" + rule.text + "' cuts no curve.");
}

}  // namespace rarewood
