#pragma once

#include <vector>

#include "rarewood/model/ensemble.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

/// How the scores of an averaging ensemble vary over rows it has not seen.
struct ScoreSpread {
  double by_tree = 0;  ///< variance of one tree's score of a row about that of endlessly many trees
  double by_row = 0;   ///< variance between rows of the score of endlessly many trees
};

/// \param columns  [features][counts] values of the rows of `counts`
/// \param counts   each as many times as it has rows; not empty
ScoreSpread score_spread(const Ensemble& ensemble, const std::vector<const float*>& columns,
                         const std::vector<PatternCount>& counts);

/// Trees of a fold's forest that make its scores spread as those of all trees do, but for a
/// hundredth.
///
/// Fewer trees spread scores further, by chance; a calibrator learned on those is too timid for the
/// final forest, and a threshold chosen on them flags too few rows.
/// \param fewest  at least so many
/// \param all     trees of the final forest
int members_for(const ScoreSpread& spread, int fewest, int all);

}  // namespace rarewood
