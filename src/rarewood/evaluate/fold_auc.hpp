#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/evaluate/influence.hpp"
#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

// Scores of different models are no common scale: where one says 0.02 of everybody and another
// 0.03, pairs across the two know only which model scored. Here rows are compared with rows of
// their own fold alone.

/// The AUC of each fold, weighted by its pairs, for whatever numbers of rows; made once.
class FoldAuc {
 public:
  /// \param score, fold  [entries]; entries in any order
  FoldAuc(std::span<const double> score, std::span<const std::uint32_t> fold);

  /// \param n0, n1  [entries] rows by class; NaN if no fold has both
  double value(std::span<const std::uint32_t> n0, std::span<const std::uint32_t> n1) const;

 private:
  /// Entries of one fold and score: up to `end` in order_.
  struct Tie {
    std::size_t end = 0;
    bool last_of_fold = false;
  };

  std::vector<std::uint32_t> order_;  ///< entries by fold, in each the highest score first
  std::vector<Tie> ties_;
};

/// How far a row moves that mean: DeLong's components in its fold, times the fold's share of all
/// pairs. Folds with one class only have no share.
Influence fold_auc_influence(const ScoreList& scores, std::span<const std::uint32_t> fold);

/// 95 %, on the scale of the log-odds. DeLong's components take the models as given. What a model
/// learned of rows by chance it owes to the very rows that others are judged on: for models that
/// know nothing each pair of folds counts twice, and the variance is twice as large. So it is
/// doubled where, doubled, it does not show that the models of several folds know anything.
/// \param auc  the mean itself
Interval fold_auc_interval(double auc, const ScoreList& scores, std::span<const std::uint32_t> fold,
                           const EntryBlocks& blocks);

}  // namespace rarewood
