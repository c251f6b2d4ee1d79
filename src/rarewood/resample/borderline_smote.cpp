#include "rarewood/resample/borderline_smote.hpp"

#include <algorithm>

#include "rarewood/base/random.hpp"
#include "rarewood/resample/blending.hpp"
#include "rarewood/resample/oversampling.hpp"

namespace rarewood {
namespace {

/// Groups of the rarer class with rows in danger.
struct Danger {
  std::vector<std::uint32_t> group;
  std::vector<std::uint64_t> rows_up_to;
};

double chance_of_danger(const ClassTally& tally, bool positive, std::uint32_t m) {
  const std::vector<double> chances = tally.chances(!positive);
  double chance = 0;
  for (std::size_t others = 0; others < m; ++others) {
    if (others * 2 >= m) chance += chances[others];
  }
  return std::clamp(chance, 0.0, 1.0);
}

class BorderlineSmote : public Resampler {
  using Draw = std::function<Blend(std::uint64_t)>;

 public:
  explicit BorderlineSmote(const SamplerOptions& options)
      : options_(options),
        maker_{"Borderline-SMOTE",
               SamplingStrategy::parse(options.sampling_strategy),
               options.k(),
               "--k-neighbors",
               false,
               true} {}

  void check(const ClassTotals& totals) const override {
    check_maker(totals, maker_);
    check_m(totals);
  }
  SamplingPlan plan(const FitPart& part) const override {
    check_m(part.totals());
    return plan_maker(part, maker_);
  }

  Resampled resample(const FitPart& part, std::uint64_t seed,
                     const Control& control) const override {
    check_m(part.totals());
    return make_rows(part, maker_, seed, control,
                     [&](const RowSources& from) { return make(from, control); });
  }

 private:
  Resampled make(const RowSources& from, const Control& control) const {
    const FitPart& part = from.part;
    const ClassRows& minority = from.rarer;
    const Search search{gather_rows(part.patterns(), part.counts()), part, minority, from.seed};
    const NearestRows own =
        nearest_rows(some_rows(search.rows, minority.place), minority.groups, all_groups(minority),
                     {own_neighbors(minority), from.seed}, control);
    const Danger danger = find_danger(search, own, control);
    if (danger.group.empty()) {
      return {part, 0, 0, "No row of the rarer class is in danger: no rows were added."};
    }
    const Draw draw = options_.kind == BorderlineKind::one ? towards_own(search, danger, own)
                                                           : towards_both(search, danger, control);
    return add_rows(part, minority.positive,
                    blend_rows(part, from.synthetic, draw, {options_.synthetic_types}, control),
                    control);
  }

  void check_m(const ClassTotals& totals) const {
    if (totals.rows() > static_cast<std::uint64_t>(options_.m_neighbors)) return;
    throw Error(ErrorKind::data,
                "Borderline-SMOTE looks at " + std::to_string(options_.m_neighbors) +
                    " neighbours, and there are only " + std::to_string(totals.rows()) +
                    " rows. Lower --m-neighbors, or use --balance none.");
  }

  struct Search {
    SearchRows rows;  ///< of all patterns
    const FitPart& part;
    const ClassRows& minority;
    std::uint64_t seed;
  };

  /// Where there are enough rows, as many as tell within which distance m neighbours lie.
  std::uint32_t own_neighbors(const ClassRows& minority) const {
    const std::uint64_t others = minority.rows_up_to.back() - 1;
    const auto m = static_cast<std::uint64_t>(options_.m_neighbors);
    return static_cast<std::uint32_t>(std::min(others, std::max<std::uint64_t>(options_.k(), m)));
  }

  Danger find_danger(const Search& search, const NearestRows& own, const Control& control) const {
    const ClassRows& minority = search.minority;
    const auto m = static_cast<std::uint32_t>(options_.m_neighbors);
    std::vector<RowQuery> queries;
    for (std::size_t g = 0; g < minority.place.size(); ++g) {
      const std::uint32_t place = minority.place[g];
      queries.push_back({search.rows.row(place), place, minority.positive});
      if (own.k >= m) queries.back().reach = own.reach[g];
    }
    const std::vector<ClassTally> tallies =
        nearest_classes(search.rows, search.part.counts(), queries, m, control);
    Danger danger;
    std::uint64_t rows = 0;
    for (std::uint32_t g = 0; g < minority.groups.size(); ++g) {
      Random random(search.seed, "danger", minority.place[g]);
      const double chance = chance_of_danger(tallies[g], minority.positive, m);
      const std::uint64_t all = minority.groups[g].rows();
      const std::uint64_t found = draw_binomial(random, all, chance);
      if (found == 0) continue;
      danger.group.push_back(g);
      danger.rows_up_to.push_back(rows += found);
    }
    return danger;
  }

  Draw towards_own(const Search& search, const Danger& danger, const NearestRows& own) const {
    const std::uint32_t k = options_.k();
    return [&danger, &own, &places = search.minority.place, seed = search.seed,
            k](std::uint64_t i) {
      Random random(seed, "borderline", i);
      const std::uint32_t d = group_of(danger.rows_up_to, random.below(danger.rows_up_to.back()));
      const std::uint32_t base = danger.group[d];
      const std::uint32_t other = own.of(base)[random.below(k)];
      return Blend{places[base], places[other], random.uniform()};
    };
  }

  Draw towards_both(const Search& search, const Danger& danger, const Control& control) const {
    std::vector<std::uint32_t> bases;
    for (const std::uint32_t g : danger.group) bases.push_back(search.minority.place[g]);
    const NearestRows nearest = nearest_rows(search.rows, search.part.counts(), bases,
                                             {options_.k(), search.seed}, control);
    return [nearest, bases, &danger, &search](std::uint64_t i) {
      Random random(search.seed, "borderline", i);
      const std::uint32_t d = group_of(danger.rows_up_to, random.below(danger.rows_up_to.back()));
      const std::uint32_t other = nearest.of(d)[random.below(nearest.k)];
      double gap = random.uniform();
      // A pattern may hold rows of both classes; which of them the neighbour is, is drawn.
      const PatternCount& group = search.part.counts()[other];
      const std::uint64_t rows = group.rows();
      const bool alike = random.below(rows) < (search.minority.positive ? group.n1 : group.n0);
      if (!alike) gap *= random.uniform() / 2;
      return Blend{bases[d], other, gap};
    };
  }

  SamplerOptions options_;
  Maker maker_;
};

}  // namespace

std::unique_ptr<Resampler> make_borderline_smote(const SamplerOptions& options) {
  return std::make_unique<BorderlineSmote>(options);
}

}  // namespace rarewood
