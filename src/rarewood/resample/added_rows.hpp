#pragma once

#include <cstdint>
#include <vector>

#include "rarewood/feature/schema.hpp"
#include "rarewood/resample/resampler.hpp"

namespace rarewood {

/// Rows of one class to be added to a part.
struct AddedRows {
  std::vector<std::uint64_t> copies;  ///< [part.counts()] rows equal to that pattern
  Columns fresh;                      ///< rows that need not equal any
};

/// A part with rows added to one of its classes; equal rows meet in one pattern, and the patterns
/// stay sorted by value.
/// \param part  without weights: each pattern once
/// \throws Error(data) where a pattern's rows pass 32 bits
Resampled add_rows(const FitPart& part, bool positive, const AddedRows& added,
                   const Control& control);

/// A part that lists as many rows of its patterns as told. \param counts [part.counts()]
FitPart with_counts(const FitPart& part, std::vector<PatternCount> counts);

/// Bytes add_rows takes at its peak, `fresh` included.
std::uint64_t adding_memory(const FitPart& part, std::uint64_t fresh);

/// \throws Error(data) where the sum passes 32 bits
std::uint32_t checked_count(std::uint64_t rows);

}  // namespace rarewood
