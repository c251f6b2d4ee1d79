#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rarewood {

/// Cut values in order into at most `ranges` ranges of about equally many rows; a value is never
/// cut in two.
/// \param rows  [values] > 0
/// \return the place of the last value of each range, ascending
std::vector<std::size_t> equal_ranges(std::span<const std::uint64_t> rows, std::size_t ranges);

}  // namespace rarewood
