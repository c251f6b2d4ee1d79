#include "rarewood/evaluate/given_threshold.hpp"

#include <algorithm>

#include "rarewood/base/error.hpp"
#include "rarewood/evaluate/curve.hpp"

namespace rarewood {
namespace {

double best_cut(const ScoreList& scores) {
  const Curve curve = make_curve(scores);
  if (curve.totals.n1 == 0) {
    throw Error(ErrorKind::data,
                "A threshold needs positive rows to be chosen on. Use more rows, or give one.");
  }
  std::size_t best = 0;
  double best_f1 = -1;
  for (std::size_t i = 0; i < curve.points.size(); ++i) {
    const CurvePoint& point = curve.points[i];
    const double f1 = 2 * static_cast<double>(point.n1) /
                      static_cast<double>(curve.totals.n1 + point.n0 + point.n1);
    if (f1 <= best_f1) continue;
    best = i;
    best_f1 = f1;
  }
  const double lowest = curve.points[best].score;
  if (best + 1 == curve.points.size()) return lowest;
  const double half = lowest + (curve.points[best + 1].score - lowest) / 2;
  return half > curve.points[best + 1].score ? half : lowest;
}

}  // namespace

CrossFitted cross_fitted_f1(const ScoreList& scores, const std::vector<std::uint32_t>& fold) {
  CrossFitted result;
  result.flags.resize(scores.size());
  const std::uint32_t folds = *std::max_element(fold.begin(), fold.end()) + 1;
  for (std::uint32_t k = 0; k < folds; ++k) {
    ScoreList others;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (fold[i] != k) others.push_back(scores[i]);
    }
    const double threshold = best_cut(others);
    result.thresholds.push_back(threshold);
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (fold[i] == k) result.flags[i] = scores[i].score >= threshold ? 1 : 0;
    }
  }
  return result;
}

}  // namespace rarewood
