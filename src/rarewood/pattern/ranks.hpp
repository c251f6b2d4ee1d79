#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/schema.hpp"

namespace rarewood {

/// Each item's place among the distinct values, in ascending order.
struct Ranks {
  std::vector<std::uint32_t> of;  ///< [items], 0 .. distinct-1
  std::uint32_t distinct = 0;
};

/// Rank a column of values; NaN ranks last.
Ranks rank_values(std::span<const float> values);

/// Rank 64-bit keys.
Ranks rank_keys(std::span<const std::uint64_t> keys);

/// Rank whole rows in lexicographic order of their features; equal rows get equal ranks.
Ranks rank_rows(const Columns& columns, const Control& control);

}  // namespace rarewood
