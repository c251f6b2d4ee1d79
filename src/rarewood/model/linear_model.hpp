#pragma once

#include <vector>

namespace rarewood {

/// What one feature adds to the log-odds.
struct LinearTerm {
  double weight = 0;                ///< per unit of a number or boolean; 0 for a category
  std::vector<double> by_category;  ///< [categories] what each adds; empty for the other kinds
  double missing = 0;               ///< what a missing value adds, and a category never seen
  /// Standard deviation of what it adds, over the rows it was learned from.
  double deviation = 0;

  bool operator==(const LinearTerm&) const = default;
};

/// Log-odds as a sum of an intercept and a term a feature. Plain data, as Ensemble is.
///
/// Every summand is rounded to a multiple of 2^-32, far below a float32's last digit, before it is
/// added. So the sum is exact in doubles, and the same in any order, while no part of it passes
/// 2^20; then it becomes a float32.
struct LinearModel {
  double intercept = 0;
  std::vector<LinearTerm> terms;  ///< [features]

  bool operator==(const LinearModel&) const = default;
};

/// Summands are multiples of its inverse.
inline constexpr double kStepsPerUnit = 4294967296.0;

/// Log-odds beyond this, of either sign, are cut off there: far past all that calibrators tell
/// apart, and short of all that could overflow.
inline constexpr double kFarthestLogOdds = 1048576.0;

/// No weight is larger, so that no sum of terms of float32 values overflows.
inline constexpr double kLargestWeight = 1e100;

}  // namespace rarewood
