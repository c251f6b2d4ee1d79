#pragma once

#include <bit>
#include <cstdint>
#include <limits>

namespace rarewood {

namespace detail_of_float_search {

/// float32 values in order, as integers in order.
inline std::int32_t rank_of(float value) {
  const auto bits = std::bit_cast<std::int32_t>(value);
  return bits >= 0 ? bits : std::numeric_limits<std::int32_t>::min() - bits;
}

inline float value_at(std::int32_t rank) {
  return std::bit_cast<float>(rank >= 0 ? rank : std::numeric_limits<std::int32_t>::min() - rank);
}

}  // namespace detail_of_float_search

/// The lowest float32 for which holds(x) is true, where it turns from false to true once; the
/// largest float32 if it never does.
template <typename Holds>
float lowest_float(const Holds& holds) {
  using detail_of_float_search::rank_of;
  using detail_of_float_search::value_at;
  std::int32_t low = rank_of(std::numeric_limits<float>::lowest());
  std::int32_t high = rank_of(std::numeric_limits<float>::max());
  while (low < high) {
    const std::int32_t middle = low + static_cast<std::int32_t>((std::int64_t{high} - low) / 2);
    if (holds(value_at(middle))) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return value_at(low);
}

}  // namespace rarewood
