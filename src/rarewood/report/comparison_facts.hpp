#pragma once

#include <map>
#include <string>
#include <vector>

#include "rarewood/evaluate/choose_candidate.hpp"
#include "rarewood/evaluate/judgement.hpp"

namespace rarewood {

/// A candidate's metric less that of the best candidate, on the same out-of-fold rows.
struct CandidateDifference {
  double difference = 0;
  Interval interval;  ///< 95 % for all pairs of candidates together
};

/// One candidate of a comparison, judged out of fold; numbers that are not known are NaN.
struct CandidateFacts {
  CandidateName name;
  double figure = 0;  ///< of the metric that decides
  double f1_score = 0;
  double auc_roc = 0;
  double average_precision = 0;
  double log_loss = 0;
  std::map<std::string, Interval> intervals;               ///< by metric, 95 %
  std::map<std::string, CandidateDifference> differences;  ///< by metric, from the best
  double threshold = 0;     ///< probability, chosen on all out-of-fold scores
  std::string calibration;  ///< method of the map
  double seconds = 0;       ///< all its fits, one after the other
};

/// What a comparison came to, as plain data.
struct ComparisonFacts {
  std::string by;                          ///< the metric that orders the candidates
  std::vector<CandidateFacts> candidates;  ///< the best first
  CandidateName chosen;
  std::vector<std::string>
      indistinguishable;             ///< names of those not shown to be worse than the best
  std::vector<std::string> skipped;  ///< what was left out and why, in sentences
  std::string choice;                ///< in sentences
};

}  // namespace rarewood
