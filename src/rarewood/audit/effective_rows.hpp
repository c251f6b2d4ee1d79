#pragma once

#include "rarewood/evaluate/proportion.hpp"
#include "rarewood/evaluate/stability.hpp"
#include "rarewood/evaluate/two_shares.hpp"

namespace rarewood {

/// As many independent rows as tell as much. \param effect  at least 1
Trials trials_of(const RowShare& share, double effect);

/// The same as whole rows, for an exact test.
RowShare fewer_rows(const RowShare& share, double effect);

/// Of both sides what design effects would be, if all rows of a group were alike.
struct AlikeEffects {
  double before = 0;  ///< 0 = rows are not known to have come in groups
  double after = 1;
};

/// Training's effect where it is known, else the table's own. The table's is at least what
/// training's comes to in groups of other sizes: few groups may seem to differ less than groups do.
/// \param at_training  0 = not known
/// \source Kish 1965: effect = 1 + correlation x (that of alike rows - 1)
DesignEffects effects_of(double at_training, double now, const AlikeEffects& alike);

}  // namespace rarewood
