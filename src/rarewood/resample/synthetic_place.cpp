#include "rarewood/resample/synthetic_place.hpp"

#include <algorithm>

#include "rarewood/base/random.hpp"
#include "rarewood/pattern/order.hpp"
#include "rarewood/resample/carried_weights.hpp"
#include "rarewood/resample/neighbors.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kMostLooks = 1000;

std::uint32_t of_class(const PatternCount& count, bool positive) {
  return positive ? count.n1 : count.n0;
}

/// Rows added to a class of the part before, by whether their pattern was there.
struct Added {
  std::uint64_t rows = 0;
  std::uint64_t on_majority = 0;    ///< equal to a pattern that held rows of the other class only
  std::vector<PatternCount> fresh;  ///< patterns of the part after that were not there
};

Added find_added(const FitPart& before, const FitPart& after, bool positive) {
  Added added;
  auto old = before.counts().begin();
  for (const PatternCount& now : after.counts()) {
    int order = -1;
    while (old != before.counts().end()) {
      order = compare_rows(
          before.patterns().features(),
          [&](std::size_t f) { return before.patterns().value(old->pattern, f); },
          [&](std::size_t f) { return after.patterns().value(now.pattern, f); });
      if (order >= 0) break;
      ++old;
    }
    const bool was_there = old != before.counts().end() && order == 0;
    const std::uint32_t had = was_there ? of_class(*old, positive) : 0;
    const std::uint32_t has = of_class(now, positive);
    if (has <= had) continue;
    added.rows += has - had;
    if (!was_there) added.fresh.push_back(now);
    if (was_there && had == 0) added.on_majority += has;
  }
  return added;
}

/// Bring some of the items, drawn at random, to the front and drop the others.
void keep_some(std::vector<PatternCount>& items, std::size_t most, std::uint64_t seed) {
  if (items.size() <= most) return;
  Random random(seed, "synthetic place");
  for (std::size_t i = 0; i < most; ++i) {
    std::swap(items[i], items[i + random.below(items.size() - i)]);
  }
  items.resize(most);
}

}  // namespace

double share_among_majority(const FitPart& weighted_before, const FitPart& weighted_after,
                            std::uint64_t seed, const Control& control) {
  const FitPart before = without_weights(weighted_before);
  const FitPart after = without_weights(weighted_after);
  check_memory(control, "finding where synthetic rows lie",
               search_memory(before.counts().size() + kMostLooks, before.patterns().features()) +
                   after.counts().size() * sizeof(PatternCount));
  const bool positive = before.totals().n1 <= before.totals().n0;
  Added added = find_added(before, after, positive);
  if (added.rows == 0) return 0;
  std::uint64_t fresh_rows = 0;
  for (const PatternCount& each : added.fresh) fresh_rows += of_class(each, positive);
  keep_some(added.fresh, kMostLooks, seed);
  const SearchRows looks = gather_rows(after.patterns(), added.fresh);
  std::vector<RowQuery> queries;
  for (std::size_t i = 0; i < looks.count; ++i) queries.push_back({looks.row(i)});
  const SearchRows rows = gather_rows(before.patterns(), before.counts());
  const auto tallies = nearest_classes(rows, before.counts(), queries, 1, control);
  double looked_at = 0;
  double hits = 0;
  for (std::size_t i = 0; i < tallies.size(); ++i) {
    const double weight = of_class(added.fresh[i], positive);
    looked_at += weight;
    if ((positive ? tallies[i].tied.n1 : tallies[i].tied.n0) == 0) hits += weight;
  }
  const double of_fresh = looked_at > 0 ? hits / looked_at : 0;
  return (static_cast<double>(added.on_majority) + of_fresh * static_cast<double>(fresh_rows)) /
         static_cast<double>(added.rows);
}

}  // namespace rarewood
