#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// Rows by class in each group of a column (a value, a bin) and fold.
struct GroupCounts {
  std::size_t groups = 0;
  std::uint32_t folds = 0;
  std::vector<ClassTotals> rows;  ///< [folds][groups]

  GroupCounts(std::size_t group_count, std::uint32_t fold_count)
      : groups(group_count), folds(fold_count), rows(group_count * fold_count) {}
  ClassTotals& at(std::uint32_t fold, std::size_t group) { return rows[fold * groups + group]; }
  const ClassTotals& at(std::uint32_t fold, std::size_t group) const {
    return rows[fold * groups + group];
  }
  /// \return [groups], all folds together
  std::vector<ClassTotals> totals() const;
};

/// What a column alone says about the target, judged on rows that its table of rates did not see.
struct Strength {
  double information = 0;         ///< share of the target's entropy it explains; below 0: none
  Interval information_interval;  ///< 95 %
  double information_low = 0;     ///< lower end that holds for all columns tried at once
  double auc_roc = 0.5;
  Interval auc_interval;  ///< 95 %
};

/// Each row is scored by the share of positive rows in its group, one more row at the base rate,
/// counted in the other folds.
/// \param tries  how many columns (or pairs) are looked at: the simultaneous end counts them all
/// \cost O(folds x groups)
Strength strength_of(const GroupCounts& counts, std::size_t tries);

/// The upper quantile of the normal distribution that one of `tries` two-sided 95 % intervals needs
/// for all to hold at once (Bonferroni): 1.96 for one.
double simultaneous_z(std::size_t tries);

}  // namespace rarewood
