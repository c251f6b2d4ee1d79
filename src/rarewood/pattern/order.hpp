#pragma once

#include <cmath>
#include <cstddef>

namespace rarewood {

/// -1, 0 or 1 as row a stands before, is equal to or stands after row b in the order of patterns:
/// by their features from the first on, a missing value after every other and equal to another one.
/// \param a, b  (feature) -> value
template <typename A, typename B>
int compare_rows(std::size_t features, const A& a, const B& b) {
  for (std::size_t f = 0; f < features; ++f) {
    const float x = a(f);
    const float y = b(f);
    if (x == y || (std::isnan(x) && std::isnan(y))) continue;
    return std::isnan(y) || x < y ? -1 : 1;
  }
  return 0;
}

}  // namespace rarewood
