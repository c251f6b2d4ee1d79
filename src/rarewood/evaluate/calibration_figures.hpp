#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "rarewood/evaluate/calibration_choice.hpp"
#include "rarewood/evaluate/judgement.hpp"

namespace rarewood {

/// Rows of neighbouring probabilities.
struct ReliabilityBin {
  double mean_probability = 0;
  double rate = 0;         ///< share of positive rows
  Interval rate_interval;  ///< 95 %
  std::uint64_t rows = 0;
  std::uint64_t positives = 0;
};

/// A number with its 95 % interval; NaN where it cannot be had.
struct Figure {
  double value = std::numeric_limits<double>::quiet_NaN();
  Interval interval{std::numeric_limits<double>::quiet_NaN(),
                    std::numeric_limits<double>::quiet_NaN()};
};

/// How well probabilities say what share of rows is positive. With fewer than kFewestForIntervals
/// rows of a class the share alone has an interval. Definitions:
/// docs/method/threshold.md.
struct CalibrationFigures {
  double mean_probability = std::numeric_limits<double>::quiet_NaN();
  Figure prevalence;    ///< share of positive rows
  Figure in_the_large;  ///< log-odds to add to all probabilities; 0 is right
  Figure slope;         ///< of the outcome on the log-odds; 1 is right, less is overconfident
  Figure intercept;     ///< beside that slope; 0 is right
  Figure brier;
  Figure ece;  ///< expected calibration error
};

/// All that is known of a calibration, as plain data.
struct CalibrationFacts {
  std::string method;                    ///< of the model's map
  std::vector<CalibrationTrial> trials;  ///< what it was chosen among, out of fold
  CalibrationFigures before;             ///< of what the learner says, on the test rows
  CalibrationFigures after;              ///< of the model's probabilities, on the test rows
  std::vector<ReliabilityBin> curve;     ///< of the model's probabilities, on the test rows
};

}  // namespace rarewood
