#pragma once

#include <vector>

namespace rarewood {

/// Many tests at once: replaces each p-value by the level at which Holm's procedure rejects it.
///
/// The smallest of m times m, the next times m - 1, never falling, at most 1. Nothing is assumed of
/// how the tests depend on each other.
/// \param p_values  in any order; none is null
/// \source Holm 1979
void adjust_by_holm(std::vector<double*> p_values);

}  // namespace rarewood
