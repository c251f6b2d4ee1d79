#pragma once

#include <cstdint>
#include <vector>

#include "rarewood/evaluate/curve.hpp"
#include "rarewood/evaluate/entry_blocks.hpp"
#include "rarewood/evaluate/threshold_rule.hpp"

namespace rarewood {

/// Neighbouring scores taken together, from the highest down; each run flags its lowest score. What
/// a threshold's place is sought on in many draws.
struct ScoreRuns {
  std::vector<double> score;  ///< [runs] the lowest of each
  std::vector<std::uint64_t> n0;
  std::vector<std::uint64_t> n1;
  // Where rows have costs of their own:
  std::vector<double> change;  ///< of cost, by flagging the run
  std::vector<double> spread;  ///< of the same, with its sign: the root of the sum of squares

  std::size_t runs() const { return score.size(); }
};

/// A run ends where it has 1 / 1,024 of the rows, each class counting for half of them, beside
/// those of its first score.
ScoreRuns score_runs(const Curve& curve);

/// The runs' rows by what is drawn whole: at most 128 sets of whole blocks. Few enough that the
/// rows of a set and run lie side by side, and many enough to show how sets differ.
struct RunsOfSets {
  std::size_t sets = 0;
  std::vector<std::uint32_t> n0;  ///< [sets][runs]
  std::vector<std::uint32_t> n1;  ///< [sets][runs]
  std::vector<double> change;     ///< [sets][runs] of cost; empty unless rows have their own
};

/// \param list  by score, the entries of `blocks`
RunsOfSets runs_of_sets(const ScoreRuns& runs, const ScoreList& list, const EntryBlocks& blocks,
                        const ThresholdRule& rule);

}  // namespace rarewood
