#include "rarewood/audit/tolerance.hpp"

namespace rarewood {

const OptionTable<Tolerance>& tolerance_options() {
  static const OptionTable<Tolerance> table = [] {
    OptionTable<Tolerance> options("tolerance");
    options
        .add(&Tolerance::max_psi, "max_psi",
             "Population stability index from which on a column's drift fails; it warns from 0.1",
             {.lowest = 0, .lowest_excluded = true})
        .not_in_model()
        .add(&Tolerance::max_unexpected, "max_unexpected",
             "Share of rows, above training's, that may be missing, new or out of range in a "
             "column; a fifth of it warns",
             {.lowest = 0, .highest = 1, .lowest_excluded = true})
        .not_in_model()
        .add(&Tolerance::max_rate_change, "max_rate_change",
             "By how much the base rate may change, up or down: 0.5 fails from half as much again "
             "on, or two thirds; half of it warns",
             {.lowest = 0, .lowest_excluded = true})
        .not_in_model()
        .add(&Tolerance::min_rows, "min_rows", "Fewest rows a table must have",
             {.lowest = 1, .highest = 1e12})
        .not_in_model();
    return options;
  }();
  return table;
}

}  // namespace rarewood
