#pragma once

#include <cstdint>
#include <vector>

#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/threshold_rule.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// Thresholds on scores that came from elsewhere, each chosen on the other folds.
struct CrossFitted {
  std::vector<double> thresholds;  ///< [folds]
  Flags flags;                     ///< [entries]
};

/// The best cut by a rule, half way between two scores; for each fold on all others. One that flags
/// nobody lies above every score.
///
/// On rows that also judge, the best cut would claim too much; this claims what a cut chosen on
/// four fifths of the rows reaches on the rest.
/// \param rule  the best of a figure
/// \param fold  [entries] 0 .. folds-1
/// \throws Error(data) if the other folds of one have no positive row
CrossFitted cross_fitted_cuts(const ThresholdRule& rule, const ScoreList& scores,
                              const std::vector<std::uint32_t>& fold);

}  // namespace rarewood
