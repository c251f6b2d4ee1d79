#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// A group of alike rows.
struct RowGroup {
  std::uint32_t pattern = 0;
  std::uint32_t rows = 0;
};

/// Where a neighbour of a row is to be found: `share` of its k neighbours lie in `group`.
///
/// Rows nearer than the k-th count whole; those tied at the k-th distance share the places left, so
/// the share need not be whole.
struct NeighborShare {
  std::uint32_t group = 0;
  double share = 0;
};

/// The k nearest other rows of one row of each queried group, among the rows of all groups.
/// \param queries  positions in `groups`
/// \return [queries], shares summing to k, nearest first
std::vector<std::vector<NeighborShare>> nearest_neighbors(const Patterns& patterns,
                                                          std::span<const RowGroup> groups,
                                                          std::span<const std::uint32_t> queries,
                                                          std::uint32_t k, const Control& control);

}  // namespace rarewood
