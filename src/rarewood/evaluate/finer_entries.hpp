#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/evaluate/contestant.hpp"

namespace rarewood {

/// What is known of judged rows beside their scores.
struct JudgedRows {
  std::span<const std::uint32_t> entry;    ///< [rows] of a contestant
  std::span<const std::uint8_t> positive;  ///< [rows]
  std::span<const std::uint32_t> block;    ///< [rows], or empty: rows are independent
};

/// Entries of a contestant cut by level: those of one level each, with their rows by block.
struct FinerEntries {
  std::vector<std::uint32_t> of;     ///< [finer entries] the contestant's
  std::vector<std::uint32_t> level;  ///< [finer entries]
  std::vector<std::uint64_t> n0;
  std::vector<std::uint64_t> n1;
  EntryBlocks blocks;
};

/// By ascending entry and level.
/// \param level  [rows]
FinerEntries finer_entries(const JudgedRows& rows, std::span<const std::uint32_t> level);

/// The same rows said the same of.
Contestant cut_finer(const Contestant& contestant, const FinerEntries& entries);

}  // namespace rarewood
