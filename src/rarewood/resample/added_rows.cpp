#include "rarewood/resample/added_rows.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "rarewood/base/parallel.hpp"
#include "rarewood/pattern/order.hpp"
#include "rarewood/pattern/ranks.hpp"

namespace rarewood {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// Where a pattern of the result comes from: a place in the old counts, a fresh row, or both.
struct Source {
  std::uint32_t old = kNone;
  std::uint32_t fresh = kNone;
};

/// Distinct fresh rows in ascending order.
struct Distinct {
  std::vector<std::uint32_t> example;  ///< a row of each
  std::vector<std::uint32_t> rows;
};

Distinct distinct_rows(const Columns& fresh, const Control& control) {
  const Ranks ranks = rank_rows(fresh, control);
  Distinct distinct{std::vector<std::uint32_t>(ranks.distinct),
                    std::vector<std::uint32_t>(ranks.distinct, 0)};
  for (std::uint32_t row = 0; row < ranks.of.size(); ++row) {
    distinct.example[ranks.of[row]] = row;
    ++distinct.rows[ranks.of[row]];
  }
  return distinct;
}

std::vector<Source> merge_sorted(const FitPart& part, const Columns& fresh,
                                 const Distinct& distinct) {
  const std::vector<PatternCount>& counts = part.counts();
  std::vector<Source> merged;
  merged.reserve(counts.size() + distinct.example.size());
  std::uint32_t at = 0;
  for (std::uint32_t i = 0; i < distinct.example.size(); ++i) {
    int order = 1;
    while (at < counts.size()) {
      order = compare_rows(
          part.patterns().features(),
          [&](std::size_t f) { return part.patterns().value(counts[at].pattern, f); },
          [&](std::size_t f) { return fresh.values[f][distinct.example[i]]; });
      if (order >= 0) break;
      merged.push_back({at++, kNone});
    }
    const bool meets = at < counts.size() && order == 0;
    merged.push_back({meets ? at++ : kNone, i});
  }
  while (at < counts.size()) merged.push_back({at++, kNone});
  return merged;
}

std::shared_ptr<const Patterns> gather(const FitPart& part, const Columns& fresh,
                                       const Distinct& distinct, const std::vector<Source>& sources,
                                       const Control& control) {
  const Patterns& old = part.patterns();
  auto patterns = std::make_shared<Patterns>();
  patterns->count = sources.size();
  patterns->category_counts = old.category_counts;
  patterns->names = old.names;
  patterns->values.resize(old.features() * sources.size());
  parallel_for(control, old.features(), [&](std::size_t f) {
    float* to = patterns->values.data() + f * sources.size();
    const std::span<const float> column = old.column(f);
    for (const Source& source : sources) {
      *to++ = source.old != kNone ? column[part.counts()[source.old].pattern]
                                  : fresh.values[f][distinct.example[source.fresh]];
    }
  });
  return patterns;
}

}  // namespace

std::uint32_t checked_count(std::uint64_t rows) {
  if (rows > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorKind::data,
                "Resampling would make more than 4,294,967,295 rows equal in every feature; one "
                "cell cannot count them. Lower --sampling-strategy.");
  }
  return static_cast<std::uint32_t>(rows);
}

Resampled add_rows(const FitPart& part, bool positive, const AddedRows& added,
                   const Control& control) {
  const Distinct distinct = distinct_rows(added.fresh, control);
  const std::vector<Source> sources = merge_sorted(part, added.fresh, distinct);
  std::vector<PatternCount> counts(sources.size());
  std::uint64_t synthetic = 0;
  std::uint64_t copies = 0;
  for (std::uint32_t p = 0; p < counts.size(); ++p) {
    const Source& source = sources[p];
    if (source.old != kNone) counts[p] = part.counts()[source.old];
    counts[p].pattern = p;
    std::uint64_t more = source.fresh != kNone ? distinct.rows[source.fresh] : 0;
    if (source.old != kNone) {
      more += added.copies[source.old];
      copies += more;
    }
    synthetic += more;
    std::uint32_t& rows = positive ? counts[p].n1 : counts[p].n0;
    rows = checked_count(rows + more);
  }
  return {part.resampled(gather(part, added.fresh, distinct, sources, control), std::move(counts)),
          synthetic, copies};
}

FitPart with_counts(const FitPart& part, std::vector<PatternCount> counts) {
  std::erase_if(counts, [](const PatternCount& count) { return count.n0 == 0 && count.n1 == 0; });
  return part.resampled(part.shared_patterns(), std::move(counts));
}

std::uint64_t adding_memory(const FitPart& part, std::uint64_t fresh) {
  const std::uint64_t features = part.patterns().features();
  return (part.counts().size() + fresh) * (features * sizeof(float) + 32) +
         fresh * (features * sizeof(float) + 48);
}

}  // namespace rarewood
