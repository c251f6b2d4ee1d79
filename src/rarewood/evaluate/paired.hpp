#pragma once

#include <cstdint>
#include <span>

#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// What one model says of the rows.
struct Said {
  const ScoreList& probabilities;
  const Flags& flags;
};

/// Two models on the same rows, in the same order.
struct Pair {
  Said one;
  Said other;
  std::span<const std::uint32_t> blocks;  ///< [entries] see metric_intervals()
  bool ranks = false;                     ///< scores only order rows and are no probabilities
};

// 95 % intervals of one model's metric less the other's. What both models say alike of a row moves
// no difference: the intervals are those of the rows on which they differ. They hold only what is
// possible. With fewer than kFewestForIntervals rows of a class there are none: not a number.

/// DeLong's paired interval.
Interval auc_difference(const Pair& pair);
Interval average_precision_difference(const Pair& pair);
Interval log_loss_difference(const Pair& pair);

/// Half a row more is counted for each way in which the labels of a row may differ, so that few
/// such rows do not look like certainty.
/// \source Bonett and Price 2012, "Adjusted Wald confidence interval for a difference of binomial
/// proportions based on paired data", for the idea
Interval f1_difference(const Pair& pair);

}  // namespace rarewood
