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
    return make_rows(part, maker_, seed, control,
                     [&](const RowSources& from) { return make(from, control); });
  }

 private:
  Resampled make(const RowSources& from, const Control& control) const {
    const ClassRows& minority = from.rarer;
    const NearestRows nearest = find_nearest(from, control);
    const auto choose = [&](std::uint64_t i) {
      Random random(from.seed, "smote", i);
      Choice choice;
      choice.base = group_of(minority.rows_up_to, random.below(minority.rows_up_to.back()));
      choice.neighbor = nearest.of(choice.base)[random.below(nearest.k)];
      choice.gap = random.uniform();
      return choice;
    };
    BlendRules rules{options_.synthetic_types};
    if (by_majority_) {
      rules.category = [&](std::uint64_t i, std::size_t feature) {
        return most_frequent(from, nearest.of(choose(i).base),
                             {feature, Random(from.seed, "smotenc", i).bits()});
      };
    }
    const auto draw = [&](std::uint64_t i) {
      const Choice choice = choose(i);
      return Blend{minority.place[choice.base], minority.place[choice.neighbor], choice.gap};
    };
    return add_rows(from.part, minority.positive,
                    blend_rows(from.part, from.synthetic, draw, rules, control), control);
  }

  NearestRows find_nearest(const RowSources& from, const Control& control) const {
    const std::vector<PatternCount>& groups = from.rarer.groups;
    return nearest_rows(gather_rows(from.part.patterns(), groups), groups, all_groups(from.rarer),
                        {options_.k(), from.seed}, control);
  }

  struct Place {
    std::size_t feature = 0;
    std::uint64_t key = 0;  ///< decides between equally frequent values
  };

  static float most_frequent(const RowSources& from, std::span<const std::uint32_t> neighbors,
                             const Place& place) {
    std::vector<float> values;
    for (const std::uint32_t group : neighbors) {
      const std::uint32_t pattern = from.rarer.groups[group].pattern;
      values.push_back(from.part.patterns().value(pattern, place.feature));
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
