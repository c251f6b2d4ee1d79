#include "rarewood/evaluate/holm.hpp"

#include <algorithm>
#include <cstddef>

namespace rarewood {

void adjust_by_holm(std::vector<double*> p_values) {
  std::sort(p_values.begin(), p_values.end(),
            [](const double* a, const double* b) { return *a != *b ? *a < *b : a < b; });
  double highest = 0;
  for (std::size_t place = 0; place < p_values.size(); ++place) {
    double& value = *p_values[place];
    const auto left = static_cast<double>(p_values.size() - place);
    highest = std::max(highest, std::min(1.0, value * left));
    value = highest;
  }
}

}  // namespace rarewood
