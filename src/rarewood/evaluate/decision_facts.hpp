#pragma once

#include <limits>
#include <string>
#include <vector>

#include "rarewood/evaluate/judgement.hpp"

namespace rarewood {

inline constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();

/// How the threshold was chosen and what it does, as plain data. NaN where a rule has no such
/// number.
struct ThresholdFacts {
  std::string rule;                         ///< as asked for: "f1", "recall:0.8", "0.4"
  std::string words;                        ///< the same for people: "best F1"
  double probability = 0.5;                 ///< predicted positive from here on
  Interval interval{kNotKnown, kNotKnown};  ///< 95 %, of the choice on other rows like these
  std::string figure;              ///< what the rule is about: "f1_score", "recall", "cost", ...
  double wanted = kNotKnown;       ///< value of it that was asked for
  double out_of_fold = kNotKnown;  ///< value of it where the threshold was chosen
  double test = kNotKnown;         ///< value of it on the test rows
  Interval test_interval{kNotKnown, kNotKnown};
  double optimum = kNotKnown;              ///< threshold of the very best value out of fold
  double best_out_of_fold = kNotKnown;     ///< that value
  Interval plateau{kNotKnown, kNotKnown};  ///< thresholds not shown to be worse than the best
  double expected = kNotKnown;             ///< where it lies if the probabilities are right
  double everyone = kNotKnown;             ///< value out of fold of flagging everyone, of costs
  double nobody = kNotKnown;               ///< value out of fold of flagging nobody, of costs
};

}  // namespace rarewood
