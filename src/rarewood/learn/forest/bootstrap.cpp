// Drawing n rows with replacement, when only counts are known, is a multinomial draw. It is made
// here from independent Poisson draws: given their total T they are multinomial of size T, so if
// T <= n, adding n - T single draws gives a multinomial of size n, exactly; if T > n the whole draw
// is made again, which leaves the law as it is. The Poisson means lie a few standard deviations
// below n, so that few single draws are needed and repeats are rare. As means depend on counts
// alone, one table of each count serves all trees.

#include "rarewood/learn/forest/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace rarewood {
Bootstrap::Bootstrap(const FitPart& part, const BagLaw& law) : counts_(part.counts()), law_(law) {
  for (std::uint32_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i].n0 > 0) classes_[0].entries.push_back({i, counts_[i].n0, 0});
    if (counts_[i].n1 > 0) classes_[1].entries.push_back({i, counts_[i].n1, 0});
  }
  const double draws = static_cast<double>(law.draws);
  prepare(classes_[0], draws * (1 - law.share1));
  prepare(classes_[1], draws * law.share1);
}

void Bootstrap::prepare(ClassEntries& to, double draws) const {
  std::uint64_t rows = 0;
  for (const Entry& entry : to.entries) to.rows_up_to.push_back(rows += entry.rows);
  to.step = std::max<std::uint64_t>(1, rows / to.entries.size());
  std::uint32_t at = 0;
  for (std::uint64_t row = 0; row < rows; row += to.step) {
    while (to.rows_up_to[at] <= row) ++at;
    to.entry_at.push_back(at);
  }
  // Far enough below for a repeat to be rare, near enough for few single draws.
  const double mean = std::max(draws * 0.5, draws - 2 * std::sqrt(draws));
  to.rate = mean / static_cast<double>(rows);
  std::map<std::uint32_t, std::uint32_t> table_of;
  for (Entry& entry : to.entries) {
    const auto [table, fresh] =
        table_of.emplace(entry.rows, static_cast<std::uint32_t>(to.tables.size()));
    if (fresh) to.tables.emplace_back(to.rate * entry.rows);
    entry.table = table->second;
  }
}

/// About one entry is passed on the way, where a binary search would take a dozen steps.
std::uint32_t Bootstrap::entry_of(const ClassEntries& from, std::uint64_t row) {
  std::uint32_t entry = from.entry_at[row / from.step];
  while (from.rows_up_to[entry] <= row) ++entry;
  return entry;
}

/// \param drawn  [patterns] how often rows of each were drawn
void Bootstrap::draw_class(KeyedDraws& random, const ClassEntries& from, std::uint64_t draws,
                           std::vector<std::uint32_t>& drawn) const {
  drawn.assign(counts_.size(), 0);
  std::uint64_t total = 0;
  do {
    total = 0;
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < from.entries.size(); ++i) {
      bits = i % 2 == 0 ? random.bits() : bits >> 32;
      const Entry& entry = from.entries[i];
      const std::uint32_t count = from.tables[entry.table].draw(static_cast<std::uint32_t>(bits));
      drawn[entry.item] = count;
      total += count;
    }
  } while (total > draws);
  for (; total < draws; ++total) {
    const std::uint64_t row = random.below(from.rows_up_to.back());
    ++drawn[from.entries[entry_of(from, row)].item];
  }
}

std::vector<BagItem> Bootstrap::draw(Random stream) const {
  const std::uint64_t draws1 =
      law_.positives ? *law_.positives : draw_binomial(stream, law_.draws, law_.share1);
  KeyedDraws random(stream.bits());  // for the thousands of short draws, at a fifth of the time
  std::vector<std::uint32_t> drawn[2];
  draw_class(random, classes_[0], law_.draws - draws1, drawn[0]);
  draw_class(random, classes_[1], draws1, drawn[1]);
  std::vector<BagItem> items;
  items.reserve(counts_.size());
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    const std::uint32_t n0 = drawn[0][i];
    const std::uint32_t n1 = drawn[1][i];
    if (n0 + n1 == 0) continue;
    BagItem item{counts_[i].pattern, 0, std::uint64_t{n0} << 32 | n1};
    if (law_.row_rule > 1) {
      item.rows = draw_occupancy(random, counts_[i].n0, n0, law_.row_rule) +
                  draw_occupancy(random, counts_[i].n1, n1, law_.row_rule);
    }
    items.push_back(item);
  }
  return items;
}

std::vector<BagItem> whole_bag(const FitPart& part) {
  std::vector<BagItem> items;
  for (const PatternCount& count : part.counts()) {
    items.push_back({count.pattern, count.n0 + count.n1, std::uint64_t{count.n0} << 32 | count.n1});
  }
  return items;
}

std::uint32_t draw_occupancy(KeyedDraws& random, std::uint64_t rows, std::uint64_t draws,
                             std::uint32_t most) {
  std::uint32_t seen = draws > 0 ? 1 : 0;
  for (std::uint64_t i = 1; i < draws && seen < most && seen < rows; ++i) {
    if (random.below(rows) >= seen) ++seen;
  }
  return seen;
}

}  // namespace rarewood
