#include "rarewood/resample/smote.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "rarewood/base/parallel.hpp"
#include "rarewood/base/random.hpp"
#include "rarewood/pattern/ranks.hpp"
#include "rarewood/resample/neighbors.hpp"

namespace rarewood {
namespace {

/// The minority class, group by group.
struct Minority {
  std::vector<RowGroup> groups;
  std::vector<std::size_t> place;         ///< [groups] position in the part's counts
  std::vector<std::uint64_t> rows_up_to;  ///< rows of groups 0..i
  std::vector<std::uint32_t> position;    ///< [groups] place in `neighbors`, or kOwnCopies
  std::vector<std::vector<NeighborShare>> neighbors;

  static constexpr std::uint32_t kOwnCopies = 0xFFFFFFFF;
};

Minority find_minority(const FitPart& part, bool positive, std::uint32_t k,
                       const Control& control) {
  Minority minority;
  std::uint64_t rows = 0;
  for (std::size_t i = 0; i < part.counts().size(); ++i) {
    const PatternCount& count = part.counts()[i];
    const std::uint32_t own = positive ? count.n1 : count.n0;
    if (own == 0) continue;
    minority.place.push_back(i);
    minority.groups.push_back({count.pattern, own});
    minority.rows_up_to.push_back(rows += own);
  }
  std::vector<std::uint32_t> queries;
  for (std::uint32_t g = 0; g < minority.groups.size(); ++g) {
    const bool own_copies = minority.groups[g].rows > k;
    minority.position.push_back(own_copies ? Minority::kOwnCopies
                                           : static_cast<std::uint32_t>(queries.size()));
    if (!own_copies) queries.push_back(g);
  }
  minority.neighbors = nearest_neighbors(part.patterns(), minority.groups, queries, k, control);
  return minority;
}

std::uint32_t draw_neighbor(Random& random, const std::vector<NeighborShare>& neighbors,
                            std::uint32_t k) {
  double left = random.uniform() * k;
  for (const NeighborShare& neighbor : neighbors) {
    left -= neighbor.share;
    if (left < 0) return neighbor.group;
  }
  return neighbors.back().group;
}

/// Which features interpolate, and which of these hold whole numbers only.
struct FeatureRule {
  bool interpolates = false;
  bool whole = false;
};

std::vector<FeatureRule> feature_rules(const FitPart& part, SyntheticTypes types) {
  std::vector<FeatureRule> rules(part.patterns().features());
  for (std::size_t f = 0; f < rules.size(); ++f) {
    rules[f].interpolates = part.patterns().category_counts[f] == 0;
    if (types == SyntheticTypes::interpolate) continue;
    const auto all = [&](auto holds) {
      return std::all_of(part.counts().begin(), part.counts().end(), [&](const PatternCount& c) {
        const float value = part.patterns().value(c.pattern, f);
        return std::isnan(value) || holds(value);
      });
    };
    const bool boolean = all([](float v) { return v == 0 || v == 1; });
    rules[f].interpolates &= !boolean;
    rules[f].whole = all([](float v) { return v == std::round(v); });
  }
  return rules;
}

float between(float a, float b, double gap, const FeatureRule& rule) {
  const bool nearer_first = gap < 0.5;
  if (!rule.interpolates || std::isnan(a) || std::isnan(b)) return nearer_first ? a : b;
  const double value = a + gap * (static_cast<double>(b) - a);
  // + 0 turns -0 into 0, which no value may be
  return static_cast<float>(rule.whole ? std::round(value) : value) + 0.0F;
}

/// Synthetic rows by group where they are copies, as values where they are new.
struct Drawn {
  std::vector<std::uint32_t> copies;  ///< [groups]
  Columns fresh;
};

Drawn draw_rows(const FitPart& part, const Minority& minority, const SmotePlan& plan,
                const SmoteOptions& options, std::uint64_t seed) {
  const Patterns& patterns = part.patterns();
  const auto k = static_cast<std::uint32_t>(options.k_neighbors);
  const std::vector<FeatureRule> rules = feature_rules(part, options.synthetic_types);
  Drawn drawn{std::vector<std::uint32_t>(minority.groups.size(), 0), {}};
  drawn.fresh.values.resize(patterns.features());
  for (std::uint64_t i = 0; i < plan.synthetic; ++i) {
    Random random(seed, "smote", i);
    const std::uint64_t row = random.below(minority.rows_up_to.back());
    const auto at = std::upper_bound(minority.rows_up_to.begin(), minority.rows_up_to.end(), row);
    const auto base = static_cast<std::uint32_t>(at - minority.rows_up_to.begin());
    const std::uint32_t place = minority.position[base];
    const std::uint32_t other =
        place == Minority::kOwnCopies ? base : draw_neighbor(random, minority.neighbors[place], k);
    if (other == base) {
      ++drawn.copies[base];
      continue;
    }
    const double gap = random.uniform();
    for (std::size_t f = 0; f < rules.size(); ++f) {
      drawn.fresh.values[f].push_back(between(patterns.value(minority.groups[base].pattern, f),
                                              patterns.value(minority.groups[other].pattern, f),
                                              gap, rules[f]));
    }
    ++drawn.fresh.rows;
  }
  return drawn;
}

/// Old patterns and fresh rows ranked together: equal ones meet, order is that of their values.
Resampled merge(const FitPart& part, const Minority& minority, const Drawn& drawn,
                const SmotePlan& plan, const Control& control) {
  const Patterns& old = part.patterns();
  Columns all;
  const std::size_t kept = part.counts().size();
  all.rows = kept + drawn.fresh.rows;
  for (std::size_t f = 0; f < old.features(); ++f) {
    all.values.emplace_back();
    for (const PatternCount& count : part.counts()) {
      all.values[f].push_back(old.value(count.pattern, f));
    }
    all.values[f].insert(all.values[f].end(), drawn.fresh.values[f].begin(),
                         drawn.fresh.values[f].end());
  }
  const Ranks ranks = rank_rows(all, control);
  auto patterns = std::make_shared<Patterns>();
  patterns->count = ranks.distinct;
  patterns->category_counts = old.category_counts;
  patterns->names = old.names;
  patterns->values.resize(old.features() * ranks.distinct);
  for (std::size_t f = 0; f < old.features(); ++f) {
    float* to = patterns->values.data() + f * ranks.distinct;
    for (std::size_t i = 0; i < all.rows; ++i) to[ranks.of[i]] = all.values[f][i];
  }
  std::vector<PatternCount> counts(ranks.distinct);
  for (std::uint32_t p = 0; p < counts.size(); ++p) counts[p].pattern = p;
  std::vector<bool> was_there(counts.size());
  for (std::size_t i = 0; i < kept; ++i) {
    PatternCount& count = counts[ranks.of[i]];
    count.n0 = part.counts()[i].n0;
    count.n1 = part.counts()[i].n1;
    was_there[ranks.of[i]] = true;
  }
  std::uint64_t copies = 0;
  const auto add = [&](std::size_t item, std::uint32_t rows) {
    PatternCount& count = counts[ranks.of[item]];
    if (was_there[count.pattern]) copies += rows;
    (plan.positive_is_minority ? count.n1 : count.n0) += rows;
  };
  for (std::size_t g = 0; g < drawn.copies.size(); ++g) {
    add(minority.place[g], drawn.copies[g]);
  }
  for (std::size_t i = 0; i < drawn.fresh.rows; ++i) add(kept + i, 1);
  return {part.resampled(std::move(patterns), std::move(counts)), plan.synthetic, copies};
}

class Smote : public Resampler {
 public:
  explicit Smote(SmoteOptions options) : options_(options) {}
  Resampled resample(const FitPart& part, std::uint64_t seed,
                     const Control& control) const override {
    return smote(part, options_, seed, control);
  }
  void check(const ClassTotals& totals) const override { check_smote(totals, options_); }

 private:
  SmoteOptions options_;
};

}  // namespace

const OptionTable<SmoteOptions>& smote_options() {
  static const OptionTable<SmoteOptions> table = [] {
    OptionTable<SmoteOptions> t("smote");
    t.add(&SmoteOptions::sampling_strategy, "sampling_strategy",
          "rows of the rarer class per row of the other one afterwards", Range{0, 1, true})
        .tuning(0.1, 1);
    t.add(&SmoteOptions::k_neighbors, "k_neighbors", "neighbours a synthetic row may lean towards",
          Range{1, 1000})
        .tuning(1, 15);
    t.choice(
        &SmoteOptions::synthetic_types, "synthetic_types",
        "Numbers and booleans of synthetic rows: between their parents as in imbalanced-learn, "
        "or whole and boolean where all rows are",
        {{"interpolate", SyntheticTypes::interpolate}, {"keep", SyntheticTypes::keep}});
    return t;
  }();
  return table;
}

SmotePlan plan_smote(const ClassTotals& totals, const SmoteOptions& options) {
  SmotePlan plan;
  plan.before = totals;
  plan.positive_is_minority = totals.n1 <= totals.n0;
  const std::uint64_t minority = std::min(totals.n0, totals.n1);
  const std::uint64_t majority = std::max(totals.n0, totals.n1);
  // The small addend keeps 0.29 * 100 at 29: products of decimal shares may fall just short.
  const auto wanted = static_cast<std::uint64_t>(
      std::floor(options.sampling_strategy * static_cast<double>(majority) + 1e-6));
  const auto k = static_cast<std::uint64_t>(options.k_neighbors);
  if (minority < k + 1) {
    throw Error(ErrorKind::data, "SMOTE needs at least " + std::to_string(k + 1) +
                                     " rows of the rarer class in every fold, there are " +
                                     std::to_string(minority) +
                                     ". Lower --k-neighbors, or use --balance none.");
  }
  plan.synthetic = wanted - std::min(wanted, minority);
  return plan;
}

void check_smote(const ClassTotals& totals, const SmoteOptions& options) {
  if (plan_smote(totals, options).synthetic > 0) return;
  const double share = static_cast<double>(std::min(totals.n0, totals.n1)) /
                       static_cast<double>(std::max(totals.n0, totals.n1));
  if (share <= options.sampling_strategy) return;
  throw Error(ErrorKind::data, "The rarer class already has " + fixed(share, 4) +
                                   " rows per row of the other, more than --sampling-strategy " +
                                   shortest(options.sampling_strategy) +
                                   " asks for. Raise it, or use --balance none.");
}

Resampled smote(const FitPart& part, const SmoteOptions& options, std::uint64_t seed,
                const Control& control) {
  const SmotePlan plan = plan_smote(part.totals(), options);
  if (plan.synthetic == 0) return {part};
  check_memory(control, "smote",
               (part.patterns().count + plan.synthetic) * (part.patterns().features() * 8 + 24));
  const auto k = static_cast<std::uint32_t>(options.k_neighbors);
  const Minority minority = find_minority(part, plan.positive_is_minority, k, control);
  const Drawn drawn = draw_rows(part, minority, plan, options, seed);
  return merge(part, minority, drawn, plan, control);
}

std::unique_ptr<Resampler> make_smote(const RawOptions& raw) {
  return std::make_unique<Smote>(smote_options().make(raw));
}

}  // namespace rarewood
