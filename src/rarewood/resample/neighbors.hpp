#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/resample/search_rows.hpp"

namespace rarewood {

/// k neighbours of each queried row; a group stands in the list once for each of its rows.
struct NearestRows {
  std::uint32_t k = 0;
  std::vector<std::uint32_t> groups;  ///< [queries][k], nearest first
  std::vector<double> reach;          ///< [queries] squared distance of the k-th

  std::span<const std::uint32_t> of(std::size_t query) const { return {&groups[query * k], k}; }
};

struct NearestOptions {
  std::uint32_t k = 5;
  std::uint64_t seed = 0;
};

/// The k nearest other rows of one row of each queried group.
///
/// Which of several rows at equal distance come first is drawn, for each query by itself, each row
/// as likely as any other; the draw depends on the seed and the two groups' numbers alone.
/// \param counts   rows of each group, more than k in all
/// \param queries  groups
NearestRows nearest_rows(const SearchRows& rows, std::span<const PatternCount> counts,
                         std::span<const std::uint32_t> queries, const NearestOptions& options,
                         const Control& control);

/// Rows by class among the k nearest of a row. Those tied at the k-th distance share the places
/// that the nearer ones leave.
struct ClassTally {
  ClassTotals nearer;
  ClassTotals tied;
  std::uint64_t places = 0;  ///< 1 .. tied.rows()

  /// Expected number of rows of a class among the k, each tied row as likely as any other.
  double expected(bool positive) const;

  /// Chances of 0, 1, .. rows of a class among the k.
  std::vector<double> chances(bool positive) const;
};

/// A row whose neighbours are asked for.
struct RowQuery {
  static constexpr std::uint32_t kOutside = 0xFFFFFFFF;

  const float* values = nullptr;
  std::uint32_t group = kOutside;  ///< the group it is a row of; itself it does not count
  bool positive = false;           ///< its class
  /// k other rows are known to lie within this squared distance: spares the search work.
  double reach = std::numeric_limits<double>::infinity();
};

/// \param counts  rows of each group, more than k in all
std::vector<ClassTally> nearest_classes(const SearchRows& rows,
                                        std::span<const PatternCount> counts,
                                        std::span<const RowQuery> queries, std::uint32_t k,
                                        const Control& control);

/// Bytes a search takes beside its result.
std::uint64_t search_memory(std::uint64_t rows, std::uint64_t features);

}  // namespace rarewood
