#include "rarewood/evaluate/given_threshold.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "rarewood/base/error.hpp"
#include "rarewood/evaluate/curve.hpp"
#include "rarewood/evaluate/threshold_cut.hpp"
#include "rarewood/evaluate/threshold_figure.hpp"

namespace rarewood {
namespace {

/// \param above  higher than every score
double best_cut(const ThresholdRule& rule, const ScoreList& scores, double above) {
  const Curve curve = with_nobody(rule, with_costs(rule, scores, make_curve(scores)));
  if (curve.totals.n1 == 0) {
    throw Error(ErrorKind::data,
                "A threshold needs positive rows to be chosen on. Use more rows, or give one.");
  }
  const std::size_t best = best_point(rule, curve);
  if (curve.points[best].n0 + curve.points[best].n1 == 0) return above;
  const double lowest = curve.points[best].score;
  if (best + 1 == curve.points.size()) return lowest;
  const double half = lowest + (curve.points[best + 1].score - lowest) / 2;
  return half > curve.points[best + 1].score ? half : lowest;
}

double above_all(const ScoreList& scores) {
  double highest = scores.front().score;
  for (const ScoreCount& entry : scores) highest = std::max(highest, entry.score);
  return std::nextafter(highest, std::numeric_limits<double>::max());
}

}  // namespace

CrossFitted cross_fitted_cuts(const ThresholdRule& rule, const ScoreList& scores,
                              const std::vector<std::uint32_t>& fold) {
  CrossFitted result;
  result.flags.resize(scores.size());
  const std::uint32_t folds = *std::max_element(fold.begin(), fold.end()) + 1;
  for (std::uint32_t k = 0; k < folds; ++k) {
    ScoreList others;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (fold[i] != k) others.push_back(scores[i]);
    }
    const double threshold = best_cut(rule, others, above_all(scores));
    result.thresholds.push_back(threshold);
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (fold[i] == k) result.flags[i] = scores[i].score >= threshold ? 1 : 0;
    }
  }
  return result;
}

}  // namespace rarewood
