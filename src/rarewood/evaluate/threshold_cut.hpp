#pragma once

#include <cstddef>
#include <string>

#include "rarewood/evaluate/curve.hpp"
#include "rarewood/evaluate/threshold_rule.hpp"

namespace rarewood {

/// Points of a curve that are as good as can be told, from the one that flags fewest rows on.
struct CutPlateau {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// Where a rule cuts a curve: a point, whose rows are flagged.
struct Cut {
  std::size_t point = 0;
  std::size_t best = 0;  ///< the very best; the same point for rules that seek no best
  CutPlateau plateau = {};
  bool kept = true;  ///< false where no point does what the rule asks for
};

/// \param curve  with at least one positive row
/// \param rule   not a fixed number, not per_day
Cut cut_by(const ThresholdRule& rule, const Curve& curve);

/// The score of the point that flags nobody: just above every probability.
double nobody_score();

/// The curve with flagging nobody as its first point, for the rules that may want just that: cost
/// and net benefit, where what is flagged can do more harm than good.
Curve with_nobody(const ThresholdRule& rule, Curve curve);

/// The point of the best figure, of equal ones that which flags fewer rows; nobody only where that
/// is better than all others.
std::size_t best_point(const ThresholdRule& rule, const Curve& curve);

}  // namespace rarewood
