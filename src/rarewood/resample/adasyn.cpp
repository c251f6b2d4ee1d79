#include "rarewood/resample/adasyn.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/random.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/resample/blending.hpp"
#include "rarewood/resample/oversampling.hpp"

namespace rarewood {
namespace {

class Adasyn : public Resampler {
 public:
  explicit Adasyn(const SamplerOptions& options)
      : options_(options),
        maker_{"ADASYN",
               SamplingStrategy::parse(options.sampling_strategy),
               static_cast<std::uint32_t>(options.adasyn_neighbors),
               "--n-neighbors",
               true,
               true} {}

  void check(const ClassTotals& totals) const override { check_maker(totals, maker_); }
  SamplingPlan plan(const FitPart& part) const override { return plan_maker(part, maker_); }

  Resampled resample(const FitPart& part, std::uint64_t seed,
                     const Control& control) const override {
    return make_rows(part, maker_, seed, control,
                     [&](const RowSources& from) { return make(from, control); });
  }

 private:
  Resampled make(const RowSources& from, const Control& control) const {
    const FitPart& part = from.part;
    const ClassRows& minority = from.rarer;
    NearestRows nearest;
    // [groups] synthetic rows of groups 0..i; those of a group belong to its rows in turn
    std::vector<std::uint64_t> up_to;
    {
      const SearchRows rows = gather_rows(part.patterns(), part.counts());
      nearest = nearest_rows(some_rows(rows, minority.place), minority.groups, all_groups(minority),
                             {maker_.k, from.seed}, control);
      const std::vector<double> hard = hardness(part, minority, rows, nearest, control);
      up_to = allot(from.synthetic, minority, hard);
      if (up_to.back() == 0) return {part, 0, 0, why_none(from.synthetic, hard)};
    }
    check_made(part, maker_, up_to.back(), control);
    const auto draw = [&](std::uint64_t i) {
      Random random(from.seed, "adasyn", i);
      const std::uint32_t base = group_of(up_to, i);
      const std::uint32_t other = nearest.of(base)[random.below(nearest.k)];
      return Blend{minority.place[base], minority.place[other], random.uniform()};
    };
    return add_rows(part, minority.positive,
                    blend_rows(part, up_to.back(), draw, {options_.synthetic_types}, control),
                    control);
  }

  /// [groups] expected neighbours of the other class, 0..k
  std::vector<double> hardness(const FitPart& part, const ClassRows& minority,
                               const SearchRows& rows, const NearestRows& nearest,
                               const Control& control) const {
    std::vector<RowQuery> queries;
    for (std::size_t g = 0; g < minority.place.size(); ++g) {
      const std::uint32_t place = minority.place[g];
      queries.push_back({rows.row(place), place, minority.positive, nearest.reach[g]});
    }
    std::vector<double> hard;
    for (const ClassTally& tally :
         nearest_classes(rows, part.counts(), queries, maker_.k, control)) {
      hard.push_back(tally.expected(!minority.positive));
    }
    return hard;
  }

  static std::vector<std::uint64_t> allot(std::uint64_t synthetic, const ClassRows& minority,
                                          const std::vector<double>& hard) {
    double total = 0;
    for (std::size_t g = 0; g < hard.size(); ++g) {
      total += hard[g] * static_cast<double>(minority.groups[g].rows());
    }
    std::vector<std::uint64_t> up_to;
    std::uint64_t sum = 0;
    for (std::size_t g = 0; g < hard.size(); ++g) {
      const double each = total > 0 ? hard[g] / total * static_cast<double>(synthetic) : 0;
      sum += minority.groups[g].rows() * static_cast<std::uint64_t>(std::nearbyint(each));
      up_to.push_back(sum);
    }
    return up_to;
  }

  static std::string why_none(std::uint64_t synthetic, const std::vector<double>& hard) {
    if (std::ranges::all_of(hard, [](double each) { return each == 0; })) {
      return "No row of the rarer class has one of the other class among its neighbours: no rows "
             "were added.";
    }
    return "ADASYN rounds each row's share of the " + thousands(synthetic) +
           " synthetic rows, and all rounded to 0: no rows were added. A higher "
           "--sampling-strategy adds some.";
  }

  SamplerOptions options_;
  Maker maker_;
};

}  // namespace

std::unique_ptr<Resampler> make_adasyn(const SamplerOptions& options) {
  return std::make_unique<Adasyn>(options);
}

}  // namespace rarewood
