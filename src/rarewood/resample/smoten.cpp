#include "rarewood/resample/smoten.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/parallel.hpp"
#include "rarewood/base/random.hpp"
#include "rarewood/pattern/ranks.hpp"
#include "rarewood/resample/blending.hpp"
#include "rarewood/resample/oversampling.hpp"

namespace rarewood {
namespace {

void check_whole(const FitPart& part) {
  const Patterns& patterns = part.patterns();
  for (std::size_t f = 0; f < patterns.features(); ++f) {
    for (const PatternCount& count : part.counts()) {
      const float value = patterns.value(count.pattern, f);
      if (std::isnan(value) || value == std::round(value)) continue;
      throw Error(ErrorKind::data,
                  "SMOTEN takes every value as a category, and column " + std::to_string(f + 1) +
                      " of the features holds numbers with fractions such as " + shortest(value) +
                      ". Take --balance smote or smotenc, or exclude the column.");
    }
  }
}

/// Twice the share of positives among the rows of each value of a feature, [counts].
std::vector<float> value_rates(const FitPart& part, std::size_t feature) {
  std::vector<float> values;
  for (const PatternCount& count : part.counts()) {
    values.push_back(part.patterns().value(count.pattern, feature));
  }
  const Ranks ranks = rank_values(values);
  std::vector<ClassTotals> totals(ranks.distinct);
  for (std::size_t i = 0; i < values.size(); ++i) {
    totals[ranks.of[i]].n0 += part.counts()[i].n0;
    totals[ranks.of[i]].n1 += part.counts()[i].n1;
  }
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<float>(2 * totals[ranks.of[i]].base_rate());
  }
  return values;
}

SearchRows rate_rows(const FitPart& part, const ClassRows& minority, const Control& control) {
  SearchRows rows;
  rows.count = minority.groups.size();
  rows.features = part.patterns().features();
  rows.category.assign(rows.features, 0);
  rows.values.resize(rows.count * rows.features);
  parallel_for(control, rows.features, [&](std::size_t f) {
    const std::vector<float> rates = value_rates(part, f);
    for (std::size_t g = 0; g < rows.count; ++g) {
      rows.values[g * rows.features + f] = rates[minority.place[g]];
    }
  });
  return rows;
}

/// The most frequent value, the smallest of several; missing ones come last.
float mode_of(std::vector<float>& values) {
  std::sort(values.begin(), values.end(),
            [](float a, float b) { return std::isnan(b) ? !std::isnan(a) : a < b; });
  float best = values[0];
  std::size_t most = 0;
  for (std::size_t i = 0; i < values.size();) {
    std::size_t end = i + 1;
    while (end < values.size() && !(values[i] < values[end]) &&
           std::isnan(values[i]) == std::isnan(values[end])) {
      ++end;
    }
    if (end - i > most) {
      most = end - i;
      best = values[i];
    }
    i = end;
  }
  return best;
}

class Smoten : public Resampler {
 public:
  explicit Smoten(const SamplerOptions& options)
      : maker_{"SMOTEN", SamplingStrategy::parse(options.sampling_strategy), options.k(),
               "--k-neighbors"} {}

  void check(const ClassTotals& totals) const override { check_maker(totals, maker_); }
  SamplingPlan plan(const FitPart& part) const override { return plan_maker(part, maker_); }

  Resampled resample(const FitPart& part, std::uint64_t seed,
                     const Control& control) const override {
    return make_rows(part, maker_, seed, control,
                     [&](const RowSources& from) { return make(from, control); });
  }

 private:
  Resampled make(const RowSources& from, const Control& control) const {
    check_whole(from.part);
    const ClassRows& minority = from.rarer;
    const NearestRows nearest =
        nearest_rows(rate_rows(from.part, minority, control), minority.groups, all_groups(minority),
                     {maker_.k, from.seed}, control);
    std::vector<std::uint32_t> bases;
    for (std::uint64_t i = 0; i < from.synthetic; ++i) {
      Random random(from.seed, "smoten", i);
      bases.push_back(group_of(minority.rows_up_to, random.below(minority.rows_up_to.back())));
    }
    return add_rows(from.part, minority.positive,
                    vote(from.part, minority, nearest, bases, control), control);
  }

  static AddedRows vote(const FitPart& part, const ClassRows& minority, const NearestRows& nearest,
                        const std::vector<std::uint32_t>& bases, const Control& control) {
    AddedRows added{std::vector<std::uint64_t>(part.counts().size(), 0), {}};
    added.fresh.rows = bases.size();
    added.fresh.values.resize(part.patterns().features());
    parallel_for(control, added.fresh.values.size(), [&](std::size_t f) {
      const std::span<const float> column = part.patterns().column(f);
      std::vector<float> winner;  // of each group
      std::vector<float> votes;
      for (std::uint32_t g = 0; g < minority.groups.size(); ++g) {
        votes.assign(1, column[minority.groups[g].pattern]);
        for (const std::uint32_t other : nearest.of(g)) {
          votes.push_back(column[minority.groups[other].pattern]);
        }
        winner.push_back(mode_of(votes));
      }
      for (const std::uint32_t base : bases) added.fresh.values[f].push_back(winner[base]);
    });
    return added;
  }

  Maker maker_;
};

}  // namespace

std::unique_ptr<Resampler> make_smoten(const SamplerOptions& options) {
  return std::make_unique<Smoten>(options);
}

}  // namespace rarewood
