#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/contestant.hpp"
#include "rarewood/evaluate/judgement.hpp"

namespace rarewood {

/// The model on the rows of one level of a column.
struct Segment {
  std::string level;
  std::uint64_t rows = 0;
  std::uint64_t positives = 0;
  std::uint64_t flagged = 0;    ///< predicted positive
  double mean_probability = 0;  ///< to be held against positives / rows
  Interval positive_rate;       ///< 95 %
  Interval flag_rate;           ///< 95 %
  std::map<std::string, double> metrics;
  std::map<std::string, Interval> intervals;
  bool few = false;         ///< fewer than kFewestForIntervals rows of a class: nothing is tested
  bool few_groups = false;  ///< rows of too few groups for any interval: nothing is tested
  bool compared = false;    ///< its ranking, with that on other levels: there must be one
  /// Chances that no difference looks so large, adjusted for the number of levels; 1 where not
  /// tested.
  double p_ranking = 1;      ///< AUC lower than within the other levels
  double p_calibration = 1;  ///< mean probability off the share of positive rows
};

/// The model by the levels of one column.
struct Segmentation {
  std::string column;
  std::vector<Segment> segments;  ///< in the levels' order; those without rows are left out
  std::string verdict;            ///< which one is worse than the rest, if any, in one sentence
  bool asked = true;              ///< else judged unasked, and told in one line
  std::string note = {};          ///< why the levels are what they are
};

/// Levels of rows, one a judged entry.
struct EntryLevels {
  std::string column;
  std::vector<std::string> names;
  std::span<const std::uint32_t> of;  ///< [entries]
};

/// Each level is compared with what the model reaches within the other levels, not across them: a
/// model that only tells levels apart ranks none of them well.
///
/// \param calibrated  scores are probabilities, and their mean can be held against the outcome
/// \source Holm 1979 for many tests at once; van Elteren 1960 for the weights of levels; DeLong's
/// variances on the log-odds of the AUCs
Segmentation judge_segments(const Contestant& model, const EntryLevels& levels, bool calibrated,
                            const Control& control);

}  // namespace rarewood
