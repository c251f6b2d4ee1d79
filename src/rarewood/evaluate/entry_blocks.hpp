#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// The rows of judged entries by the block in which they come and go together, such as the sessions
/// of one user. An entry's rows may lie in many blocks: metrics are worked out by entry, and only
/// their spread asks for blocks. Empty: rows are independent.
///
/// For intervals of figures of *scores*, where a few blocks of many groups do as well as the
/// groups: WholeGroups (design_effect.hpp) is for shares of a *table's* rows, by the groups
/// themselves.
struct EntryBlocks {
  /// Some rows of an entry, in one block.
  struct Part {
    std::uint32_t entry = 0;
    std::uint32_t n0 = 0;
    std::uint32_t n1 = 0;

    bool operator==(const Part&) const = default;
  };

  std::vector<Part> parts;       ///< block after block
  std::vector<std::size_t> end;  ///< [blocks] behind the last part of each; every block has rows

  bool empty() const { return end.empty(); }
  std::size_t blocks() const { return end.size(); }
  std::span<const Part> of_block(std::size_t block) const {
    const std::size_t begin = block == 0 ? 0 : end[block - 1];
    return std::span(parts).subspan(begin, end[block] - begin);
  }
  /// The parts added since the last call are a block; nothing, where there are none.
  void close_block() {
    if (parts.size() > (end.empty() ? 0 : end.back())) end.push_back(parts.size());
  }
};

/// \param entry     [rows] of a contestant
/// \param positive  [rows]
/// \param block     [rows] ids, with gaps perhaps; empty: rows are independent
EntryBlocks entry_blocks(std::span<const std::uint32_t> entry,
                         std::span<const std::uint8_t> positive,
                         std::span<const std::uint32_t> block);

/// Where all rows of an entry lie in one block.
/// \param block  [entries]; empty: rows are independent
EntryBlocks blocks_of_entries(const ScoreList& entries, std::span<const std::uint32_t> block);

/// Fewer blocks with rows than this do not show how blocks differ: nothing has an interval then.
inline constexpr std::size_t kFewestBlocks = 5;

/// There are blocks, but too few.
bool few_blocks(const EntryBlocks& blocks);

/// Whether rows of an entry and class count.
using CountsRow = std::function<bool(std::size_t entry, bool positive)>;

/// How many blocks have at least one such row.
std::size_t blocks_with(const CountsRow& counts, const EntryBlocks& blocks);

}  // namespace rarewood
