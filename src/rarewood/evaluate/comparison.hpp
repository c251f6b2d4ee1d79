#pragma once

#include <string>
#include <vector>

#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/paired.hpp"

namespace rarewood {

/// The model's metric minus the rival's, on the same rows.
struct Difference {
  const MetricInfo* metric = nullptr;
  double model = 0;
  double rival = 0;
  Interval interval;  ///< of the difference on the same rows

  /// +1: the interval lies wholly on the better side for the model; -1: wholly on the worse; else
  /// 0.
  int sign() const;
};

enum class Outcome { better, worse, mixed, unclear };

struct Comparison {
  std::string rival;  ///< as sentences call it: "flagging everyone"
  /// Of F1, AUC, average precision and, unless the scores are ranks, log loss.
  std::vector<Difference> differences;
  Outcome outcome = Outcome::unclear;
};

/// Better: at least one difference is beyond doubt (its 95 % interval lacks 0) and none against the
/// model; worse: the reverse; mixed: some of each; unclear: none.
/// \param pair  the model and the rival
Comparison compare(const Pair& pair, const std::string& rival_title);

/// What the comparisons come to, bad news first: "The model is worse than the rate table of depth
/// (AUC 0.883 against 0.943, ...). It is better than flagging everyone."
std::string verdict(const std::vector<Comparison>& comparisons);

}  // namespace rarewood
