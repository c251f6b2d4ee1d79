#include "rarewood/evaluate/curve_steps.hpp"

#include <cmath>

#include "rarewood/evaluate/curve.hpp"
#include "rarewood/evaluate/metrics.hpp"

namespace rarewood {
namespace {

CurveStep step_at(const CurvePoint& point, const ClassTotals& totals) {
  const Confusion confusion{totals.n0 - point.n0, point.n0, totals.n1 - point.n1, point.n1};
  return {point.score, recall(confusion), precision(confusion), 1 - specificity(confusion),
          f1_score(confusion)};
}

bool apart(const CurveStep& one, const CurveStep& other) {
  return std::abs(one.threshold - other.threshold) >= kStepApart ||
         std::abs(one.recall - other.recall) >= kStepApart ||
         std::abs(one.false_positive_rate - other.false_positive_rate) >= kStepApart;
}

}  // namespace

std::vector<CurveStep> curve_steps(const ScoreList& probabilities) {
  const Curve curve = make_curve(probabilities);
  std::vector<CurveStep> steps;
  if (curve.totals.n0 == 0 || curve.totals.n1 == 0) return steps;
  for (const CurvePoint& point : curve.points) {
    const CurveStep step = step_at(point, curve.totals);
    const bool last = &point == &curve.points.back();
    if (steps.empty() || last || apart(step, steps.back())) steps.push_back(step);
  }
  return steps;
}

}  // namespace rarewood
