#include "rarewood/evaluate/curve.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/error.hpp"

namespace rarewood {

ScoreList merged(const ScoreList& list) {
  ScoreList sorted;
  sorted.reserve(list.size());
  for (const ScoreCount& entry : list) {
    if (std::isnan(entry.score)) throw Error(ErrorKind::bug, "A score is not a number.");
    if (entry.n0 + entry.n1 > 0) sorted.push_back(entry);
  }
  const auto lower = [](const ScoreCount& a, const ScoreCount& b) { return a.score < b.score; };
  if (!std::is_sorted(sorted.begin(), sorted.end(), lower)) {
    std::sort(sorted.begin(), sorted.end(), lower);
  }
  std::size_t last = 0;
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i].score == sorted[last].score) {
      sorted[last].n0 += sorted[i].n0;
      sorted[last].n1 += sorted[i].n1;
    } else {
      sorted[++last] = sorted[i];
    }
  }
  if (!sorted.empty()) sorted.resize(last + 1);
  return sorted;
}

Curve make_curve(const ScoreList& list) {
  const ScoreList ascending = merged(list);
  Curve curve;
  curve.points.reserve(ascending.size());
  for (auto entry = ascending.rbegin(); entry != ascending.rend(); ++entry) {
    curve.totals.n0 += entry->n0;
    curve.totals.n1 += entry->n1;
    curve.points.push_back({entry->score, curve.totals.n0, curve.totals.n1});
  }
  return curve;
}

}  // namespace rarewood
