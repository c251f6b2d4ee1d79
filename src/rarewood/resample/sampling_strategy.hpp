#pragma once

#include <cstdint>
#include <string>

#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// A share as it was written, exact: numerator / denominator.
struct Fraction {
  std::uint64_t numerator = 1;
  std::uint64_t denominator = 1;  ///< a power of ten up to 10^9

  /// floor(value * this), in whole numbers. \throws Error(data) where it passes 64 bits
  std::uint64_t of(std::uint64_t value) const;
  /// floor(value / this). \throws Error(data) where it passes 64 bits
  std::uint64_t into(std::uint64_t value) const;
};

/// How the classes shall stand to each other after over- or under-sampling.
struct SamplingStrategy {
  enum class Kind {
    ratio,  ///< rows of the rarer class per row of the other one, as imbalanced-learn's
    rows,   ///< of the class that is changed
    share   ///< of the positive class among all rows
  };
  Kind kind = Kind::ratio;
  Fraction fraction = {};  ///< of ratio and share
  std::uint64_t rows = 0;
  std::string text = "1";  ///< as it was written

  /// "0.25", "counts:26000" or "26000", "share:0.2".
  /// \throws Error(usage) naming --sampling-strategy
  static SamplingStrategy parse(const std::string& text);
};

/// Rows of each class before and after, known before any work.
struct ClassPlan {
  ClassTotals before;
  ClassTotals after;

  bool positive_is_minority() const { return before.n1 <= before.n0; }
  std::uint64_t added() const { return after.rows() - before.rows(); }
};

/// The rarer class grows to what the strategy asks for; nothing changes where it has that already.
/// A ratio r gives int(r x rows of the other class) rows, as in imbalanced-learn, but exactly: 0.29
/// of 100 is 29. \throws Error(data) where a count passes 64 bits
ClassPlan plan_over(const ClassTotals& totals, const SamplingStrategy& strategy);

/// The commoner class shrinks: a ratio r leaves int(rows of the rarer class / r) rows of it,
/// and one at least: a fold may be too small for what the whole part can do.
ClassPlan plan_under(const ClassTotals& totals, const SamplingStrategy& strategy);

/// Refuse a plan for a training part that the classes already go beyond.
/// \throws Error(data)
void check_over(const ClassTotals& totals, const SamplingStrategy& strategy);
void check_under(const ClassTotals& totals, const SamplingStrategy& strategy);

}  // namespace rarewood
