#include "rarewood/pattern/ranges.hpp"

#include <numeric>

namespace rarewood {

std::vector<std::size_t> equal_ranges(std::span<const std::uint64_t> rows, std::size_t ranges) {
  std::uint64_t left = std::accumulate(rows.begin(), rows.end(), std::uint64_t{0});
  std::uint64_t here = 0;
  std::vector<std::size_t> last;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    here += rows[i];
    const bool is_end = i + 1 == rows.size();
    if (!is_end && (ranges == 1 || here * ranges < left)) continue;
    last.push_back(i);
    left -= here;
    --ranges;
    here = 0;
  }
  return last;
}

}  // namespace rarewood
