#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rarewood {

/// Whole groups shared out over at most 1,024 blocks: as good as the groups themselves for the
/// variance, and bounded.
struct Blocks {
  std::vector<std::uint32_t> of;  ///< [rows]; empty without groups
  std::uint64_t groups = 0;
};

/// \param keys  [rows] hashes of what tells groups apart
Blocks blocks_of(const std::vector<std::uint64_t>& keys);

/// Says that there are too few groups for intervals, or for sure ones; else empty.
/// \param column  that tells groups apart
std::string few_groups_warning(std::uint64_t groups, const std::string& column);

}  // namespace rarewood
