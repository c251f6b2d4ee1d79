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
namespace {

/// More different masses than this, as real weights have, would take longer to tabulate than single
/// draws take.
constexpr std::size_t kMostTables = 4096;

std::uint64_t packed(std::uint64_t n0, std::uint64_t n1) { return n0 << 32 | n1; }

/// The heaviest entry of a part.
const PatternCount& heaviest(const std::vector<PatternCount>& counts) {
  return *std::max_element(
      counts.begin(), counts.end(),
      [](const PatternCount& a, const PatternCount& b) { return a.weight < b.weight; });
}

}  // namespace

std::vector<std::uint64_t> weight_ticks(const FitPart& part, double most) {
  const auto& counts = part.counts();
  const auto weighs_one = [](const PatternCount& count) { return count.weight == 1; };
  if (std::all_of(counts.begin(), counts.end(), weighs_one)) return {};
  const double largest = static_cast<double>(heaviest(counts).weight);
  const double scale = std::exp2(std::floor(std::log2(most / largest)));
  std::vector<std::uint64_t> ticks;
  for (const PatternCount& count : counts) {
    const double rounded = std::round(static_cast<double>(count.weight) * scale);
    ticks.push_back(static_cast<std::uint64_t>(std::max(1.0, rounded)));
  }
  return ticks;
}

double largest_rounding(const FitPart& part, const std::vector<std::uint64_t>& ticks) {
  if (ticks.empty()) return 0;
  const auto& counts = part.counts();
  const PatternCount& top = heaviest(counts);
  const auto of_top = static_cast<double>(ticks[static_cast<std::size_t>(&top - counts.data())]);
  double largest = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double wanted = static_cast<double>(counts[i].weight) / static_cast<double>(top.weight);
    largest = std::max(largest, std::abs(static_cast<double>(ticks[i]) / of_top / wanted - 1));
  }
  return largest;
}

Bootstrap::Bootstrap(const FitPart& part, const BagLaw& law) : counts_(part.counts()), law_(law) {
  for (std::uint32_t i = 0; i < counts_.size(); ++i) {
    add_entry(i, counts_[i].n0, classes_[0]);
    add_entry(i, counts_[i].n1, classes_[1]);
  }
  const double draws = static_cast<double>(law.draws);
  prepare(classes_[0], draws * (1 - law.share1));
  prepare(classes_[1], draws * law.share1);
}

void Bootstrap::add_entry(std::uint32_t item, std::uint32_t rows, ClassEntries& to) const {
  if (rows == 0) return;
  const bool weighs = law_.ticks_act_on_draw && !law_.ticks.empty();
  to.entries.push_back({item, 0, std::uint64_t{rows} * (weighs ? law_.ticks[item] : 1)});
}

void Bootstrap::prepare(ClassEntries& to, double draws) const {
  std::uint64_t mass = 0;
  for (const Entry& entry : to.entries) to.mass_up_to.push_back(mass += entry.mass);
  to.step = std::max<std::uint64_t>(1, mass / to.entries.size());
  std::uint32_t at = 0;
  for (std::uint64_t place = 0; place < mass; place += to.step) {
    while (to.mass_up_to[at] <= place) ++at;
    to.entry_at.push_back(at);
  }
  // Far enough below for a repeat to be rare, near enough for few single draws.
  const double mean = std::max(draws * 0.5, draws - 2 * std::sqrt(draws));
  to.rate = mean / static_cast<double>(mass);
  std::map<std::uint64_t, std::uint32_t> table_of;
  for (Entry& entry : to.entries) {
    entry.table =
        table_of.emplace(entry.mass, static_cast<std::uint32_t>(table_of.size())).first->second;
    if (table_of.size() > kMostTables) return;
  }
  std::vector<double> means(table_of.size());
  for (const auto& [of_mass, table] : table_of)
    means[table] = to.rate * static_cast<double>(of_mass);
  for (const double each : means) to.tables.emplace_back(each);
}

/// About one entry is passed on the way, where a binary search would take a dozen steps.
std::uint32_t Bootstrap::entry_of(const ClassEntries& from, std::uint64_t mass) {
  std::uint32_t entry = from.entry_at[mass / from.step];
  while (from.mass_up_to[entry] <= mass) ++entry;
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
    for (std::size_t i = 0; i < from.entries.size() && !from.tables.empty(); ++i) {
      bits = i % 2 == 0 ? random.bits() : bits >> 32;
      const Entry& entry = from.entries[i];
      const std::uint32_t count = from.tables[entry.table].draw(static_cast<std::uint32_t>(bits));
      drawn[entry.item] = count;
      total += count;
    }
  } while (total > draws);
  for (; total < draws; ++total) {
    const std::uint64_t mass = random.below(from.mass_up_to.back());
    ++drawn[from.entries[entry_of(from, mass)].item];
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
    if (drawn[0][i] + drawn[1][i] == 0) continue;
    items.push_back(item_of(i, drawn[0][i], drawn[1][i], random));
  }
  return items;
}

BagItem Bootstrap::item_of(std::size_t i, std::uint32_t n0, std::uint32_t n1,
                           KeyedDraws& random) const {
  const std::uint64_t each = law_.ticks_act_on_draw || law_.ticks.empty() ? 1 : law_.ticks[i];
  BagItem item{counts_[i].pattern, 0, packed(n0 * each, n1 * each)};
  if (law_.row_rule > 1) {
    item.rows = draw_occupancy(random, counts_[i].n0, n0, law_.row_rule) +
                draw_occupancy(random, counts_[i].n1, n1, law_.row_rule);
  }
  return item;
}

std::vector<BagItem> whole_bag(const FitPart& part, const std::vector<std::uint64_t>& ticks) {
  std::vector<BagItem> items;
  for (std::size_t i = 0; i < part.counts().size(); ++i) {
    const PatternCount& count = part.counts()[i];
    const std::uint64_t each = ticks.empty() ? 1 : ticks[i];
    const auto rows = static_cast<std::uint32_t>(std::min<std::uint64_t>(count.rows(), 0xFFFFFFFF));
    items.push_back({count.pattern, rows, packed(count.n0 * each, count.n1 * each)});
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
