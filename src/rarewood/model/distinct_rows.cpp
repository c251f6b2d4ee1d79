#include "rarewood/model/distinct_rows.hpp"

#include <algorithm>
#include <bit>

#include "rarewood/base/parallel.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kBlock = 4096;
constexpr std::uint32_t kEmpty = 0xFFFFFFFF;

std::vector<std::uint64_t> hashes(const std::vector<const float*>& values, std::size_t rows,
                                  const Control& control) {
  std::vector<std::uint64_t> result(rows, 0);
  parallel_for(control, (rows + kBlock - 1) / kBlock, [&](std::size_t block) {
    const std::size_t end = std::min(rows, (block + 1) * kBlock);
    for (const float* column : values) {
      for (std::size_t r = block * kBlock; r < end; ++r) {
        const std::uint64_t mixed =
            (result[r] ^ std::bit_cast<std::uint32_t>(column[r])) * 0x9E3779B97F4A7C15;
        result[r] = mixed ^ mixed >> 29;
      }
    }
  });
  return result;
}

bool equal_rows(const std::vector<const float*>& values, std::size_t a, std::size_t b) {
  return std::all_of(values.begin(), values.end(), [&](const float* column) {
    return std::bit_cast<std::uint32_t>(column[a]) == std::bit_cast<std::uint32_t>(column[b]);
  });
}

}  // namespace

DistinctRows distinct_rows(const std::vector<const float*>& values, std::size_t rows,
                           const Control& control) {
  const std::vector<std::uint64_t> hash = hashes(values, rows, control);
  DistinctRows distinct;
  distinct.group.resize(rows);
  // Open addressing, never more than half full.
  const std::size_t mask = std::bit_ceil(2 * rows + 1) - 1;
  std::vector<std::uint32_t> slots(mask + 1, kEmpty);
  for (std::size_t r = 0; r < rows; ++r) {
    std::size_t at = hash[r] & mask;
    while (slots[at] != kEmpty) {
      const std::size_t other = distinct.first[slots[at]];
      if (hash[other] == hash[r] && equal_rows(values, other, r)) break;
      at = (at + 1) & mask;
    }
    if (slots[at] == kEmpty) {
      slots[at] = static_cast<std::uint32_t>(distinct.first.size());
      distinct.first.push_back(static_cast<std::uint32_t>(r));
    }
    distinct.group[r] = slots[at];
  }
  return distinct;
}

}  // namespace rarewood
