#include "rarewood/evaluate/holm.hpp"

#include <algorithm>
#include <cstddef>

namespace rarewood {

void adjust_by_holm(std::vector<double*> chances) {
  std::sort(chances.begin(), chances.end(),
            [](const double* a, const double* b) { return *a != *b ? *a < *b : a < b; });
  double highest = 0;
  for (std::size_t place = 0; place < chances.size(); ++place) {
    double& value = *chances[place];
    highest = std::max(highest, std::min(1.0, value * static_cast<double>(chances.size() - place)));
    value = highest;
  }
}

}  // namespace rarewood
