#include "rarewood/evaluate/finer_entries.hpp"

#include <algorithm>
#include <array>

namespace rarewood {

FinerEntries finer_entries(const JudgedRows& rows) {
  using Key = std::array<std::uint32_t, 3>;
  struct Row {
    Key key;
    bool positive;
  };
  std::vector<Row> sorted;
  sorted.reserve(rows.entry.size());
  for (std::size_t i = 0; i < rows.entry.size(); ++i) {
    sorted.push_back({{rows.entry[i], rows.level.empty() ? 0 : rows.level[i],
                       rows.block.empty() ? 0 : rows.block[i]},
                      rows.positive[i] != 0});
  }
  std::sort(sorted.begin(), sorted.end(), [](const Row& a, const Row& b) { return a.key < b.key; });
  FinerEntries entries;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const auto& [entry, level, block] = sorted[i].key;
    if (i == 0 || sorted[i].key != sorted[i - 1].key) {
      entries.of.push_back(entry);
      entries.n0.push_back(0);
      entries.n1.push_back(0);
      if (!rows.block.empty()) entries.block.push_back(block);
      if (!rows.level.empty()) entries.level.push_back(level);
    }
    ++(sorted[i].positive ? entries.n1 : entries.n0).back();
  }
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
  finer.blocks = entries.block;
  finer.ranks = contestant.ranks;
  return finer;
}

}  // namespace rarewood
