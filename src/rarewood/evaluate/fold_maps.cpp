#include "rarewood/evaluate/fold_maps.hpp"

#include <algorithm>

#include "rarewood/base/parallel.hpp"

namespace rarewood {
namespace {

/// [folds]
std::vector<ClassTotals> totals_of(const OofScores& scores) {
  std::vector<ClassTotals> totals(scores.folds());
  for (std::size_t i = 0; i < scores.list().size(); ++i) {
    totals[scores.fold()[i]].n0 += scores.list()[i].n0;
    totals[scores.fold()[i]].n1 += scores.list()[i].n1;
  }
  return totals;
}

bool both_classes_without(std::uint32_t a, std::uint32_t b,
                          const std::vector<ClassTotals>& by_fold) {
  ClassTotals left;
  for (std::uint32_t k = 0; k < by_fold.size(); ++k) {
    if (k == a || k == b) continue;
    left.n0 += by_fold[k].n0;
    left.n1 += by_fold[k].n1;
  }
  return left.n0 > 0 && left.n1 > 0;
}

}  // namespace

FoldMaps::FoldMaps(const OofScores& scores, LeaveOut most, const Control& control)
    : folds_(scores.folds()) {
  const std::vector<ClassTotals> by_fold = totals_of(scores);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> places;
  for (std::uint32_t a = 0; a < folds_; ++a) {
    for (std::uint32_t b = a; b < (most == LeaveOut::two ? folds_ : a + 1); ++b) {
      std::vector<Calibrator>& maps = maps_[{a, b}];
      if (!both_classes_without(a, b, by_fold)) continue;
      maps.resize(kCalibrations.size());
      places.emplace_back(a, b);
    }
  }
  const OofScores sorted = scores.ascending();  // all ways to calibrate sort scores: done once
  parallel_for(control, places.size() * kCalibrations.size(), [&](std::size_t i) {
    const std::size_t method = i % kCalibrations.size();
    const auto [a, b] = places[i / kCalibrations.size()];
    maps_.at({a, b})[method] = fit_calibrator(sorted.without_folds(a, b), kCalibrations.at(method));
  });
}

const std::vector<Calibrator>& FoldMaps::without(std::uint32_t a, std::uint32_t b) const {
  return maps_.at(std::minmax(a, b));
}

}  // namespace rarewood
