#pragma once

#include <vector>

namespace rarewood {

/// Makes chances of single tests chances of all of them together: the smallest of m times m, the
/// next times m - 1, never falling, at most 1. Nothing is assumed of how the tests depend on each
/// other.
/// \source Holm 1979
void adjust_by_holm(std::vector<double*> chances);

}  // namespace rarewood
