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
  std::span<const std::uint32_t> level;    ///< [rows], or empty
};

/// Entries of a contestant cut by block and level: rows that are alike in all of it are counted
/// once.
struct FinerEntries {
  std::vector<std::uint32_t> of;  ///< [finer entries] the contestant's
  std::vector<std::uint64_t> n0;
  std::vector<std::uint64_t> n1;
  std::vector<std::uint32_t> block;  ///< empty without blocks
  std::vector<std::uint32_t> level;  ///< empty without levels
};

/// By ascending entry, level and block.
FinerEntries finer_entries(const JudgedRows& rows);

/// The same rows said the same of.
Contestant cut_finer(const Contestant& contestant, const FinerEntries& entries);

}  // namespace rarewood
