#pragma once

#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// How a way to calibrate did on rows that neither the models nor its own map had seen.
struct CalibrationTrial {
  std::string method;
  double log_loss = 0;
  double behind = 0;  ///< log loss above that of the best
  double error = 0;   ///< standard error of `behind`, from paired rows
};

struct CalibrationChoice {
  std::string method;
  std::vector<CalibrationTrial> trials;  ///< the simplest first; empty where nothing was compared
};

/// Fewer positive rows than this, and methods are not compared: platt it is.
inline constexpr std::uint64_t kFewestToCompare = 20;

/// The simplest way that is at most one standard error behind the best, cross-fitted: each fold is
/// judged by a map learned from the scores of the other folds.
/// \source the one-standard-error rule: Breiman, Friedman, Olshen and Stone 1984, section 3.4.3;
/// here of
/// paired differences
CalibrationChoice choose_calibration(const OofScores& scores, const Control& control);

/// For each fold what would have been chosen without it, fitted on the other folds: so that the
/// choice, too, is judged on rows it did not see. The same as choose_calibration() and
/// fit_calibrator() of the other folds' scores, with maps shared between folds.
/// \return [folds]
/// \throws Error(data) if a class has no row outside a fold
std::vector<Calibrator> cross_fit_calibrators(const OofScores& scores, const Control& control);

}  // namespace rarewood
