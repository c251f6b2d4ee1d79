#include "rarewood/resample/cleaning.hpp"

#include <algorithm>
#include <numeric>

#include "rarewood/base/random.hpp"
#include "rarewood/pattern/urn.hpp"
#include "rarewood/resample/added_rows.hpp"
#include "rarewood/resample/carried_weights.hpp"
#include "rarewood/resample/neighbors.hpp"
#include "rarewood/resample/smote.hpp"

namespace rarewood {
namespace {

/// A part that keeps of each pattern as many rows as told; where these have several weights, each
/// row is as likely as any other to be kept.
/// \param all, kept  rows by pattern, as by_pattern lists them
FitPart keep_rows(const FitPart& part, const std::vector<PatternCount>& all,
                  const std::vector<PatternCount>& kept, std::uint64_t seed) {
  std::vector<PatternCount> counts = part.counts();
  std::size_t i = 0;
  for (std::size_t p = 0; p < all.size(); ++p) {
    Urn negatives(all[p].n0, kept[p].n0);
    Urn positives(all[p].n1, kept[p].n1);
    for (; i < counts.size() && counts[i].pattern == all[p].pattern; ++i) {
      Random random(seed, "rows of a weight", i);
      counts[i].n0 = negatives.take(random, counts[i].n0);
      counts[i].n1 = positives.take(random, counts[i].n1);
    }
  }
  return with_counts(part, std::move(counts));
}

/// Links between copies of one pattern.
std::uint32_t links_within(const PatternCount& count, std::uint64_t seed) {
  if (count.n0 == 0 || count.n1 == 0) return 0;
  const double others = static_cast<double>(count.rows()) - 1;
  const double chance = static_cast<double>(std::max(count.n0, count.n1)) / (others * others);
  Random random(seed, "tomek", count.pattern);
  return static_cast<std::uint32_t>(
      draw_binomial(random, std::min(count.n0, count.n1), std::min(1.0, chance)));
}

/// [counts] the nearest other row of each pattern of one row: the place of its pattern.
std::vector<std::uint32_t> nearest_of_singles(const Patterns& patterns,
                                              const std::vector<PatternCount>& counts,
                                              std::uint64_t seed, const Control& control) {
  std::vector<std::uint32_t> singles;
  for (std::uint32_t i = 0; i < counts.size(); ++i) {
    if (counts[i].rows() == 1) singles.push_back(i);
  }
  const NearestRows nearest =
      nearest_rows(gather_rows(patterns, counts), counts, singles, {1, seed}, control);
  std::vector<std::uint32_t> found(counts.size(), RowQuery::kOutside);
  for (std::size_t q = 0; q < singles.size(); ++q) found[singles[q]] = nearest.of(q)[0];
  return found;
}

double chance_of_removal(const ClassTally& tally, bool positive, const EditedOptions& options) {
  const std::vector<double> others = tally.chances(!positive);
  if (options.kind == EditedKind::all) return 1 - others[0];
  double chance = 0;
  for (std::size_t x = 0; x < others.size(); ++x) {
    const bool outvoted = positive ? 2 * x >= options.neighbors : 2 * x > options.neighbors;
    if (outvoted) chance += others[x];
  }
  return std::clamp(chance, 0.0, 1.0);
}

Cleaned commoner_class(const ClassTotals& totals) {
  const bool positives = totals.n1 > totals.n0;
  return {!positives, positives};
}

std::uint64_t cleaning_memory(const FitPart& part) {
  return search_memory(part.counts().size(), part.patterns().features()) +
         part.counts().size() *
             ((sizeof(RowQuery) + sizeof(ClassTally)) * 2 + sizeof(PatternCount));
}

/// A class without rows teaches nothing: the part stays as it was, and the note says why.
Resampled unless_emptied(const Resampled& before, FitPart cleaned) {
  const ClassTotals totals = cleaned.totals();
  if (totals.n0 > 0 && totals.n1 > 0) {
    return {std::move(cleaned), before.synthetic, before.copies, before.note};
  }
  return {before.part, before.synthetic, before.copies,
          "Cleaning would have left no row of one class: nothing was taken away."};
}

void check_neighbors(const ClassTotals& totals, std::uint64_t neighbors) {
  if (totals.rows() > neighbors) return;
  throw Error(ErrorKind::data, "Cleaning looks at " + std::to_string(neighbors) +
                                   " neighbours, and there are only " +
                                   std::to_string(totals.rows()) +
                                   " rows. Lower --n-neighbors, or use --balance none.");
}

/// How the part of a cleaning sampler that takes rows away is to be done.
struct CleaningRule {
  bool links = false;  ///< Tomek links; else edited nearest neighbours
  EditedOptions edited = {};

  std::uint64_t neighbors() const { return links ? 1 : edited.neighbors; }
  FitPart clean(const FitPart& part, const Cleaned& cleaned, std::uint64_t seed,
                const Control& control) const {
    check_memory(control, links ? "Tomek links" : "ENN", cleaning_memory(part));
    return links ? without_tomek_links(part, cleaned, seed, control)
                 : rarewood::edited(part, edited, cleaned, seed, control);
  }
};

class Cleaning : public Resampler {
 public:
  explicit Cleaning(const CleaningRule& rule) : rule_(rule) {}

  void check(const ClassTotals& totals) const override {
    check_neighbors(totals, rule_.neighbors());
  }
  SamplingPlan plan(const FitPart& part) const override {
    return {part.totals(), std::nullopt, 0, true, cleaning_memory(part)};
  }
  Resampled resample(const FitPart& part, std::uint64_t seed,
                     const Control& control) const override {
    check(part.totals());
    return unless_emptied({part}, rule_.clean(part, commoner_class(part.totals()), seed, control));
  }

 private:
  CleaningRule rule_;
};

class SmoteThenCleaning : public Resampler {
 public:
  SmoteThenCleaning(const SamplerOptions& options, const CleaningRule& rule)
      : smote_(make_smote(options)), rule_(rule) {}

  void check(const ClassTotals& totals) const override {
    smote_->check(totals);
    check_neighbors(totals, rule_.neighbors());
  }
  SamplingPlan plan(const FitPart& part) const override {
    SamplingPlan plan = smote_->plan(part);
    plan.after.reset();
    plan.memory += search_memory(part.counts().size() + plan.synthetic, part.patterns().features());
    return plan;
  }
  Resampled resample(const FitPart& part, std::uint64_t seed,
                     const Control& control) const override {
    const Resampled grown = smote_->resample(part, seed, control);
    check_neighbors(grown.part.totals(), rule_.neighbors());
    return unless_emptied(grown, rule_.clean(grown.part, {}, seed, control));
  }

 private:
  std::unique_ptr<Resampler> smote_;
  CleaningRule rule_;
};

CleaningRule edited_rule(const SamplerOptions& options) {
  return {false, {static_cast<std::uint32_t>(options.edited_neighbors), options.kind_sel}};
}

}  // namespace

FitPart without_tomek_links(const FitPart& part, const Cleaned& cleaned, std::uint64_t seed,
                            const Control& control) {
  const std::vector<PatternCount> all = by_pattern(part.counts());
  const std::vector<std::uint32_t> nearest =
      nearest_of_singles(part.patterns(), all, seed, control);
  std::vector<PatternCount> kept = all;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    const PatternCount& own = all[i];
    std::uint32_t links = links_within(own, seed);
    if (const std::uint32_t other = nearest[i]; other != RowQuery::kOutside) {
      const bool unlike = own.n1 != all[other].n1;
      links = nearest[other] == i && unlike ? 1 : 0;
    }
    if (cleaned.negatives) kept[i].n0 -= std::min(own.n0, links);
    if (cleaned.positives) kept[i].n1 -= std::min(own.n1, links);
  }
  return keep_rows(part, all, kept, seed);
}

FitPart edited(const FitPart& part, const EditedOptions& options, const Cleaned& cleaned,
               std::uint64_t seed, const Control& control) {
  const std::vector<PatternCount> all = by_pattern(part.counts());
  const SearchRows rows = gather_rows(part.patterns(), all);
  std::vector<RowQuery> queries;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    if (cleaned.negatives && all[i].n0 > 0) queries.push_back({rows.row(i), i, false});
    if (cleaned.positives && all[i].n1 > 0) queries.push_back({rows.row(i), i, true});
  }
  const std::vector<ClassTally> tallies =
      nearest_classes(rows, all, queries, options.neighbors, control);
  std::vector<PatternCount> kept = all;
  for (std::size_t q = 0; q < queries.size(); ++q) {
    PatternCount& count = kept[queries[q].group];
    std::uint32_t& own = queries[q].positive ? count.n1 : count.n0;
    Random random(seed, queries[q].positive ? "edited positives" : "edited negatives",
                  count.pattern);
    const double chance = chance_of_removal(tallies[q], queries[q].positive, options);
    own -= static_cast<std::uint32_t>(draw_binomial(random, own, chance));
  }
  return keep_rows(part, all, kept, seed);
}

std::unique_ptr<Resampler> make_tomek_links(const SamplerOptions&) {
  return std::make_unique<Cleaning>(CleaningRule{true});
}

std::unique_ptr<Resampler> make_enn(const SamplerOptions& options) {
  return std::make_unique<Cleaning>(edited_rule(options));
}

std::unique_ptr<Resampler> make_smote_tomek(const SamplerOptions& options) {
  return std::make_unique<SmoteThenCleaning>(options, CleaningRule{true});
}

std::unique_ptr<Resampler> make_smote_enn(const SamplerOptions& options) {
  return std::make_unique<SmoteThenCleaning>(options, edited_rule(options));
}

}  // namespace rarewood
