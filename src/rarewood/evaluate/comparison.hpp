#pragma once

#include <string>
#include <vector>

#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/paired.hpp"
#include "rarewood/evaluate/threshold_rule.hpp"

namespace rarewood {

/// The model's metric minus the rival's, on the same rows.
struct Difference {
  std::string metric;  ///< as metrics are named: "f1_score", "cost"
  std::string title;   ///< in sentences: "F1", "cost of a row"
  bool higher_is_better = true;
  double model = 0;
  double rival = 0;
  Interval interval;  ///< 95 %, of this difference alone
  double chance = 1;  ///< of one as large where there is none, for all differences together

  /// +1: shown to be on the better side for the model; -1: on the worse; else 0.
  int sign() const;
};

/// What two models are held against each other by.
struct Yardsticks {
  std::vector<ThresholdRule> decided;  ///< whose figures; of what is flagged
  bool ranked = true;  ///< AUC, average precision and, unless the scores are ranks, log loss
};

/// Of a rival with scores of its own: the figure of the rule, and all that are ranked.
Yardsticks of_scores(const ThresholdRule& rule);

/// Of flagging everyone, or nobody, which has no scores: the figure of the rule alone. A rule that
/// was not asked for (F1, a fixed number) leaves open what counts: everything.
Yardsticks of_flagging_everyone(const ThresholdRule& rule);
Yardsticks of_flagging_nobody(const ThresholdRule& rule);

enum class Outcome { better, worse, mixed, unclear };

struct Comparison {
  std::string rival;  ///< as sentences call it: "flagging everyone"
  std::vector<Difference> differences;
  Outcome outcome = Outcome::unclear;
};

/// Better: at least one difference is beyond doubt and none against the model; worse: the reverse;
/// mixed: some of each; unclear: none. Beyond doubt after Holm's adjustment: of two equal models at
/// most one comparison in twenty says anything but unclear.
/// \param pair  the model and the rival
Comparison compare(const Pair& pair, const std::string& rival_title, const Yardsticks& yardsticks);

/// What the comparisons come to, bad news first: "The model is worse than the rate table of depth
/// (AUC 0.883 against 0.943, ...). It is better than flagging everyone."
std::string verdict(const std::vector<Comparison>& comparisons);

}  // namespace rarewood
