#include "rarewood/resample/smote.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/random.hpp"
#include "rarewood/resample/blending.hpp"
#include "rarewood/resample/oversampling.hpp"

namespace rarewood {
namespace {

Maker smote_maker(const SamplerOptions& options, bool by_majority) {
  return {by_majority ? "SMOTENC" : "SMOTE", SamplingStrategy::parse(options.sampling_strategy),
          options.k(), "--k-neighbors"};
}

/// Where a synthetic row comes from: a row's group in the class, and which of its neighbours.
struct Choice {
  std::uint32_t base = 0;
  std::uint32_t neighbor = 0;
  double gap = 0;
};

class Smote : public Resampler {
 public:
  Smote(const SamplerOptions& options, bool by_majority)
      : options_(options), by_majority_(by_majority), maker_(smote_maker(options, by_majority)) {}

  void check(const ClassTotals& totals) const override { check_maker(totals, maker_); }
  SamplingPlan plan(const FitPart& part) const override { return plan_maker(part, maker_); }

  Resampled resample(const FitPart& part, std::uint64_t seed,
                     const Control& control) const override {
    const SamplingPlan planned = plan(part);
    if (planned.synthetic == 0) return {part};
    check_memory(control, maker_.title, planned.memory);
    const ClassRows minority = rows_of_class(part, planned.before.n1 <= planned.before.n0);
    const NearestRows nearest = find_nearest(part, minority, seed, control);
    const auto choose = [&](std::uint64_t i) {
      Random random(seed, "smote", i);
      Choice choice;
      choice.base = group_of(minority.rows_up_to, random.below(minority.rows_up_to.back()));
      choice.neighbor = nearest.of(choice.base)[random.below(nearest.k)];
      choice.gap = random.uniform();
      return choice;
    };
    BlendRules rules{options_.synthetic_types};
    if (by_majority_) {
      rules.category = [&](std::uint64_t i, std::size_t feature) {
        return most_frequent(part, minority, nearest.of(choose(i).base),
                             {feature, Random(seed, "smotenc", i).bits()});
      };
    }
    const auto draw = [&](std::uint64_t i) {
      const Choice choice = choose(i);
      return Blend{minority.place[choice.base], minority.place[choice.neighbor], choice.gap};
    };
    return add_rows(part, minority.positive,
                    blend_rows(part, planned.synthetic, draw, rules, control), control);
  }

 private:
  NearestRows find_nearest(const FitPart& part, const ClassRows& minority, std::uint64_t seed,
                           const Control& control) const {
    return nearest_rows(gather_rows(part.patterns(), minority.groups), minority.groups,
                        all_groups(minority), {options_.k(), seed}, control);
  }

  struct Place {
    std::size_t feature = 0;
    std::uint64_t key = 0;  ///< decides between equally frequent values
  };

  static float most_frequent(const FitPart& part, const ClassRows& minority,
                             std::span<const std::uint32_t> neighbors, const Place& place) {
    std::vector<float> values;
    for (const std::uint32_t group : neighbors) {
      values.push_back(part.patterns().value(minority.groups[group].pattern, place.feature));
    }
    const auto votes = [&](float value) {
      return std::count_if(values.begin(), values.end(), [value](float v) {
        return v == value || (std::isnan(v) && std::isnan(value));
      });
    };
    // Each of the winners' votes has the same chance, and winners have as many votes as another.
    std::vector<float> winners;
    std::ptrdiff_t most = 0;
    for (const float value : values) most = std::max(most, votes(value));
    std::copy_if(values.begin(), values.end(), std::back_inserter(winners),
                 [&](float value) { return votes(value) == most; });
    return winners[KeyedDraws(place.key + place.feature).below(winners.size())];
  }

  SamplerOptions options_;
  bool by_majority_;
  Maker maker_;
};

}  // namespace

std::unique_ptr<Resampler> make_smote(const SamplerOptions& options) {
  return std::make_unique<Smote>(options, false);
}

std::unique_ptr<Resampler> make_smotenc(const SamplerOptions& options) {
  return std::make_unique<Smote>(options, true);
}

}  // namespace rarewood
