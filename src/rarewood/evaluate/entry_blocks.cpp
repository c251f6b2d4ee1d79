#include "rarewood/evaluate/entry_blocks.hpp"

#include <algorithm>
#include <numeric>

namespace rarewood {
namespace {

/// Places sorted by block, those of one block in their order.
std::vector<std::uint32_t> by_block(std::span<const std::uint32_t> block) {
  std::vector<std::uint32_t> begin(std::size_t{*std::max_element(block.begin(), block.end())} + 2);
  for (const std::uint32_t each : block) ++begin[each + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::uint32_t> places(block.size());
  for (std::uint32_t i = 0; i < block.size(); ++i) places[begin[block[i]]++] = i;
  return places;
}

}  // namespace

EntryBlocks entry_blocks(std::span<const std::uint32_t> entry,
                         std::span<const std::uint8_t> positive,
                         std::span<const std::uint32_t> block) {
  EntryBlocks blocks;
  if (block.empty()) return blocks;
  blocks.parts.reserve(entry.size());
  const std::vector<std::uint32_t> rows = by_block(block);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint32_t row = rows[i];
    const bool same_block = i > 0 && block[row] == block[rows[i - 1]];
    if (!same_block) blocks.close_block();
    // Rows of one entry often lie side by side: then they are one part.
    if (!same_block || blocks.parts.back().entry != entry[row]) {
      blocks.parts.push_back({entry[row], 0, 0});
    }
    ++(positive[row] != 0 ? blocks.parts.back().n1 : blocks.parts.back().n0);
  }
  blocks.close_block();
  return blocks;
}

EntryBlocks blocks_of_entries(const ScoreList& entries, std::span<const std::uint32_t> block) {
  EntryBlocks blocks;
  if (block.empty()) return blocks;
  const std::vector<std::uint32_t> order = by_block(block);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::uint32_t entry = order[i];
    if (i > 0 && block[entry] != block[order[i - 1]]) blocks.close_block();
    const auto n0 = static_cast<std::uint32_t>(entries[entry].n0);
    const auto n1 = static_cast<std::uint32_t>(entries[entry].n1);
    if (n0 + n1 > 0) blocks.parts.push_back({entry, n0, n1});
  }
  blocks.close_block();
  return blocks;
}

bool few_blocks(const EntryBlocks& blocks) {
  return !blocks.empty() && blocks.blocks() < kFewestBlocks;
}

std::size_t blocks_with(const CountsRow& counts, const EntryBlocks& blocks) {
  std::size_t found = 0;
  for (std::size_t b = 0; b < blocks.blocks(); ++b) {
    found += std::ranges::any_of(blocks.of_block(b), [&](const EntryBlocks::Part& part) {
      return (part.n0 > 0 && counts(part.entry, false)) ||
             (part.n1 > 0 && counts(part.entry, true));
    });
  }
  return found;
}

}  // namespace rarewood
