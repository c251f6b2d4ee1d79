#include "rarewood/resample/carried_weights.hpp"

#include <algorithm>

#include "rarewood/base/error.hpp"
#include "rarewood/pattern/order.hpp"
#include "rarewood/resample/added_rows.hpp"

namespace rarewood {
namespace {

using Counts = std::vector<PatternCount>;

bool all_weigh_one(const Counts& counts) {
  return std::ranges::all_of(counts, [](const PatternCount& count) { return count.weight == 1; });
}

Counts weighing(const Counts& counts) {
  Counts kept;
  std::ranges::copy_if(counts, std::back_inserter(kept),
                       [](const PatternCount& count) { return count.weight > 0; });
  return kept;
}

/// What the mean row of a class weighs.
float mean_weight(const Counts& counts, bool positive) {
  const ClassWeightSums sums = class_weight_sums(counts);
  const ClassTotals totals = class_totals(counts);
  return static_cast<float>(positive ? sums.w1 / static_cast<double>(totals.n1)
                                     : sums.w0 / static_cast<double>(totals.n0));
}

/// Add rows to the entry of their weight among those of one pattern, which ascend by weight.
void add_entry(Counts& entries, std::size_t first, const PatternCount& rows) {
  auto at = entries.begin() + static_cast<std::ptrdiff_t>(first);
  while (at != entries.end() && at->weight < rows.weight) ++at;
  if (at == entries.end() || at->weight != rows.weight) {
    entries.insert(at, rows);
    return;
  }
  at->n0 = checked_count(std::uint64_t{at->n0} + rows.n0);
  at->n1 = checked_count(std::uint64_t{at->n1} + rows.n1);
}

bool same_pattern(const FitPart& a, std::uint32_t of_a, const FitPart& b, std::uint32_t of_b) {
  return compare_rows(
             a.patterns().features(), [&](std::size_t f) { return a.patterns().value(of_a, f); },
             [&](std::size_t f) { return b.patterns().value(of_b, f); }) == 0;
}

}  // namespace

Counts by_pattern(const Counts& counts) {
  Counts patterns;
  patterns.reserve(counts.size());
  for (const PatternCount& count : counts) {
    if (patterns.empty() || patterns.back().pattern != count.pattern) {
      patterns.push_back({count.pattern, count.n0, count.n1});
    } else {
      patterns.back().n0 = checked_count(std::uint64_t{patterns.back().n0} + count.n0);
      patterns.back().n1 = checked_count(std::uint64_t{patterns.back().n1} + count.n1);
    }
  }
  return patterns;
}

FitPart without_weights(const FitPart& part) {
  if (all_weigh_one(part.counts())) return part;
  return part.resampled(part.shared_patterns(), by_pattern(weighing(part.counts())));
}

Resampled with_weights(const FitPart& before, Resampled made) {
  if (all_weigh_one(before.counts())) return made;
  const Counts old = weighing(before.counts());
  const ClassTotals totals = class_totals(old);
  const float mean = mean_weight(old, totals.n1 <= totals.n0);
  Counts counts;
  std::size_t at = 0;
  for (const PatternCount& now : made.part.counts()) {
    const std::size_t first = counts.size();
    PatternCount added{now.pattern, now.n0, now.n1, mean};
    if (at < old.size() && same_pattern(before, old[at].pattern, made.part, now.pattern)) {
      const std::uint32_t pattern = old[at].pattern;
      for (; at < old.size() && old[at].pattern == pattern; ++at) {
        counts.push_back({now.pattern, old[at].n0, old[at].n1, old[at].weight});
        added.n0 -= old[at].n0;
        added.n1 -= old[at].n1;
      }
    }
    if (added.rows() > 0) add_entry(counts, first, added);
  }
  if (at != old.size()) {
    throw Error(
        ErrorKind::bug,
        "Rows were lost while others were made: report this as a defect, with the command.");
  }
  made.part = made.part.resampled(made.part.shared_patterns(), std::move(counts));
  return made;
}

}  // namespace rarewood
