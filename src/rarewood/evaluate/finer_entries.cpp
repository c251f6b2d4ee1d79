#include "rarewood/evaluate/finer_entries.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace rarewood {

FinerEntries finer_entries(const JudgedRows& rows, std::span<const std::uint32_t> level) {
  const auto key = [&](std::uint32_t row) { return std::pair(rows.entry[row], level[row]); };
  std::vector<std::uint32_t> order(rows.entry.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(key(a), a) < std::pair(key(b), b);
  });
  FinerEntries entries;
  std::vector<std::uint32_t> finer(order.size());  // [rows]
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::uint32_t row = order[i];
    if (i == 0 || key(row) != key(order[i - 1])) {
      entries.of.push_back(rows.entry[row]);
      entries.level.push_back(level[row]);
      entries.n0.push_back(0);
      entries.n1.push_back(0);
    }
    finer[row] = static_cast<std::uint32_t>(entries.of.size() - 1);
    ++(rows.positive[row] != 0 ? entries.n1 : entries.n0).back();
  }
  entries.blocks = entry_blocks(finer, rows.positive, rows.block);
  return entries;
}

Contestant cut_finer(const Contestant& contestant, const FinerEntries& entries) {
  Contestant finer{contestant.name, contestant.description, contestant.judged_on, {}, {}};
  for (std::size_t i = 0; i < entries.of.size(); ++i) {
    const std::uint32_t entry = entries.of[i];
    finer.probabilities.push_back({contestant.probabilities[entry].score, entries.n0[i],
                                   entries.n1[i], contestant.probabilities[entry].cost});
    finer.flags.push_back(contestant.flags[entry]);
  }
  finer.blocks = entries.blocks;
  finer.ranks = contestant.ranks;
  return finer;
}

}  // namespace rarewood
