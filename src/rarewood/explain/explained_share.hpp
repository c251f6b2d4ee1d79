#pragma once

#include <span>

#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// Share of the outcome's uncertainty (entropy) that knowing a row's group takes away, adjusted for
/// chance: 0 = what groups of these sizes take away by lot, 1 = all of it. 0, too, where chance
/// alone may explain it (a test at 5 %).
///
/// The adjustment is exact for groups of any size, single rows among them, where that by the number
/// of groups (Miller 1955) fails.
/// \param groups  rows by class; empty ones do not count
/// \cost O(groups x root of their rows)
/// \source Vinh, Epps and Bailey 2010, adjusted mutual information, of which the outcome's entropy
/// is the upper end; Wilson and Hilferty 1931 for the quantile of chi-square
double explained_share(std::span<const ClassTotals> groups);

}  // namespace rarewood
