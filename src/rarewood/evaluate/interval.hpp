#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "rarewood/evaluate/entry_blocks.hpp"
#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// Fewer rows of a class than this, and only exact intervals are given: of shares of rows and F1.
inline constexpr std::uint64_t kFewestForIntervals = 20;

/// 95 % intervals of one model's metrics on one set of rows, each of the form that covers at small
/// numbers of positive rows (docs/method/evaluation.md has the simulation).
struct MetricIntervals {
  /// By the metric's name; not a number where the rows are too few for an interval of that metric.
  std::map<std::string, Interval> intervals;
  /// By the metric's name: variance by whole blocks / variance by rows; empty without blocks.
  std::map<std::string, double> design_effects;
  bool exact = false;       ///< too few rows: exact intervals or none
  bool few_blocks = false;  ///< rows of fewer than kFewestBlocks blocks: no interval at all
};

/// Pairs of a negative and a positive row (or block with such rows) of which no two share either.
std::uint64_t disjoint_pairs(const ScoreList& scores, const EntryBlocks& blocks);

MetricIntervals metric_intervals(const ScoreList& probabilities, const Flags& flags,
                                 const EntryBlocks& blocks);

/// 95 % intervals of the share of rows that are positive and of the share that is flagged; not
/// numbers below kFewestBlocks blocks.
struct RateIntervals {
  Interval positive;
  Interval flagged;
};

RateIntervals rate_intervals(const ScoreList& probabilities, const Flags& flags,
                             const EntryBlocks& blocks);

}  // namespace rarewood
