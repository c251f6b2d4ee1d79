#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/pattern/parts.hpp"

namespace rarewood {

/// Rows that neighbours are looked for among, one for each of some patterns.
struct SearchRows {
  std::size_t count = 0;
  std::size_t features = 0;
  std::vector<float> values;           ///< row-major, [count][features]; NaN = missing
  std::vector<std::uint8_t> category;  ///< [features]: 1 = values without an order
  bool plain = true;                   ///< only numbers, nothing missing
  /// Squared distance of unlike categories, or of a value and a missing one.
  double mismatch = 1;

  const float* row(std::size_t i) const { return values.data() + i * features; }
};

/// \param groups  patterns to gather; their rows weigh the deviations `mismatch` comes from: the
///                median over the numbers' standard deviations, squared (1 where that is 0)
/// \source Chawla et al. 2002, JAIR 16: SMOTE-NC
SearchRows gather_rows(const Patterns& patterns, std::span<const PatternCount> groups);

/// Some of the rows, measured as before. \param which  their numbers
SearchRows some_rows(const SearchRows& rows, std::span<const std::uint32_t> which);

/// Sum over the features, in double precision and always in the same order. A missing value is as
/// far from any other as unlike categories are, and no distance from another missing one.
double squared_distance(const SearchRows& rows, const float* a, const float* b);

}  // namespace rarewood
