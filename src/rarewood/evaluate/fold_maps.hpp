#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/calibration.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// Calibrators of every method, learned from the scores of all folds but one or two.
///
/// One left out: that fold judges the methods. Two: where what is chosen without a fold is to be
/// judged on it, each of the others judges the methods in turn. A map without folds a and b serves
/// both, so all choices of a cross-fitting take half the fits of each choice by itself.
class FoldMaps {
 public:
  enum class LeaveOut { one, two };  ///< two: each fold alone, too

  FoldMaps(const OofScores& scores, LeaveOut most, const Control& control);

  std::uint32_t folds() const { return folds_; }

  /// \param a,b  the folds left out; the same twice: only that one
  /// \return [kCalibrations]; empty where a class has no row outside the folds
  const std::vector<Calibrator>& without(std::uint32_t a, std::uint32_t b) const;

 private:
  std::uint32_t folds_ = 0;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Calibrator>> maps_;
};

}  // namespace rarewood
