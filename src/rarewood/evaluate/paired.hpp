#pragma once

#include <cstdint>

#include "rarewood/evaluate/entry_blocks.hpp"
#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/threshold_rule.hpp"
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
  const EntryBlocks& blocks;
  bool ranks = false;  ///< scores only order rows and are no probabilities
};

/// How sure a difference is, by itself; not numbers where the rows are too few to tell.
struct DifferenceTest {
  Interval interval;  ///< 95 %; holds only what is possible
  /// Chance of a difference as large, either way, where there is none; below 0.05 where the
  /// interval lacks 0.
  double chance = 1;
};

// One model's metric less the other's. What both models say alike of a row moves no difference: the
// tests are those of the rows on which they differ. With fewer than kFewestForIntervals rows of a
// class there is none.

/// DeLong's paired test.
DifferenceTest auc_difference(const Pair& pair);
DifferenceTest average_precision_difference(const Pair& pair);
DifferenceTest log_loss_difference(const Pair& pair);

/// Of a figure of what is flagged, such as F1. Half a row more is counted for each way in which the
/// labels of a row may differ, so that few such rows do not look like certainty.
/// \param rule  whose figure_of() it is, not a fixed number
/// \source Bonett and Price 2012, "Adjusted Wald confidence interval for a difference of binomial
/// proportions based on paired data", for the idea
DifferenceTest figure_difference(const ThresholdRule& rule, const Pair& pair);

/// 95 % interval of one model's figure, which is a mean over rows, as cost is.
Interval figure_range(const ThresholdRule& rule, const Said& said, const EntryBlocks& blocks);

}  // namespace rarewood
