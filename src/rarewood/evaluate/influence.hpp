#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/evaluate/entry_blocks.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// How far one more row like those of each entry would move a metric, in units in which the squares
/// of all rows add up to the metric's variance. Rows of both classes.
struct Influence {
  std::vector<double> of_negative;  ///< [entries]
  std::vector<double> of_positive;  ///< [entries]
};

/// DeLong's components: the squares add up to DeLong's variance of the AUC, ties at one half.
/// O(n log n) in the entries, whatever their rows. Needs rows of both classes.
/// \source DeLong, DeLong and Clarke-Pearson 1988; Sun and Xu 2014
Influence auc_influence(const ScoreList& scores);

/// The jackknife of average precision: what it would be without the row, in one pass for all rows.
/// \source Efron and Stein 1981
Influence average_precision_influence(const ScoreList& scores);

/// Of a mean of losses. \param loss0, loss1  [entries] of a row of the negative, the positive class
Influence mean_influence(const ScoreList& scores, std::span<const double> loss0,
                         std::span<const double> loss1);

/// Of the Brier score and the log loss.
Influence brier_influence(const ScoreList& probabilities);
Influence log_loss_influence(const ScoreList& probabilities);

/// One model's less the other's: of the difference of their metrics on the same rows.
Influence difference_of(const Influence& one, const Influence& other);

/// How sure a metric is. Variance and design effect are not a number where the rows lie in fewer
/// than kFewestBlocks blocks. Both are 0 where rows differ, but all blocks are alike.
struct Spread {
  double variance = 0;
  /// How many rows (or blocks, less one at least) the variance rests on: (sum of squares)^2 / sum
  /// of fourth powers.
  double effective = 0;
  double design_effect = 1;  ///< variance by whole groups / variance by rows
};

/// \param blocks  of the same rows
Spread spread_of(const Influence& influence, const ScoreList& rows, const EntryBlocks& blocks);

/// Degrees of freedom of Student's distribution: two at least.
double freedom_of(const Spread& spread);

/// 1.96, or more where few rows decide the variance and it is therefore itself uncertain.
double quantile_of(const Spread& spread);

}  // namespace rarewood
