#include "rarewood/resample/blending.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "rarewood/base/parallel.hpp"

namespace rarewood {
namespace {

struct FeatureRule {
  bool interpolates = false;
  bool whole = false;
  bool category = false;
};

template <typename Holds>
bool all_values(const FitPart& part, std::size_t feature, const Holds& holds) {
  const std::span<const float> column = part.patterns().column(feature);
  return std::all_of(part.counts().begin(), part.counts().end(), [&](const PatternCount& count) {
    const float value = column[count.pattern];
    return std::isnan(value) || holds(value);
  });
}

std::vector<FeatureRule> feature_rules(const FitPart& part, SyntheticTypes types) {
  std::vector<FeatureRule> rules(part.patterns().features());
  for (std::size_t f = 0; f < rules.size(); ++f) {
    rules[f].category = part.patterns().category_counts[f] != 0;
    rules[f].interpolates = !rules[f].category;
    if (types == SyntheticTypes::interpolate) continue;
    rules[f].interpolates &= !all_values(part, f, [](float v) { return v == 0 || v == 1; });
    rules[f].whole = types == SyntheticTypes::keep &&
                     all_values(part, f, [](float v) { return v == std::round(v); });
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

}  // namespace

ClassRows rows_of_class(const FitPart& part, bool positive) {
  ClassRows found;
  found.positive = positive;
  std::uint64_t rows = 0;
  for (std::uint32_t i = 0; i < part.counts().size(); ++i) {
    PatternCount group = part.counts()[i];
    (positive ? group.n0 : group.n1) = 0;
    const std::uint32_t own = positive ? group.n1 : group.n0;
    if (own == 0) continue;
    found.groups.push_back(group);
    found.place.push_back(i);
    found.rows_up_to.push_back(rows += own);
  }
  return found;
}

std::vector<std::uint32_t> all_groups(const ClassRows& rows) {
  std::vector<std::uint32_t> groups(rows.groups.size());
  std::iota(groups.begin(), groups.end(), 0U);
  return groups;
}

std::uint32_t group_of(const std::vector<std::uint64_t>& rows_up_to, std::uint64_t row) {
  const auto at = std::upper_bound(rows_up_to.begin(), rows_up_to.end(), row);
  return static_cast<std::uint32_t>(at - rows_up_to.begin());
}

AddedRows blend_rows(const FitPart& part, std::uint64_t count,
                     const std::function<Blend(std::uint64_t)>& draw, const BlendRules& rules,
                     const Control& control) {
  constexpr std::uint64_t kBlock = 4096;
  const std::uint64_t blocks = (count + kBlock - 1) / kBlock;
  std::vector<Blend> blends(count);
  parallel_for(control, blocks, [&](std::size_t block) {
    const std::uint64_t end = std::min(count, (block + 1) * kBlock);
    for (std::uint64_t i = block * kBlock; i < end; ++i) blends[i] = draw(i);
  });
  AddedRows added{std::vector<std::uint64_t>(part.counts().size(), 0), {}};
  std::vector<std::uint64_t> fresh;
  for (std::uint64_t i = 0; i < count; ++i) {
    const bool copy = blends[i].base == blends[i].other && !rules.category;
    if (copy) {
      ++added.copies[blends[i].base];
    } else {
      fresh.push_back(i);
    }
  }
  const std::vector<FeatureRule> features = feature_rules(part, rules.types);
  added.fresh.rows = fresh.size();
  added.fresh.values.resize(features.size());
  parallel_for(control, features.size(), [&](std::size_t f) {
    const std::span<const float> column = part.patterns().column(f);
    std::vector<float>& to = added.fresh.values[f];
    to.reserve(fresh.size());
    for (const std::uint64_t i : fresh) {
      const Blend& blend = blends[i];
      if (features[f].category && rules.category) {
        to.push_back(rules.category(i, f));
      } else {
        to.push_back(between(column[part.counts()[blend.base].pattern],
                             column[part.counts()[blend.other].pattern], blend.gap, features[f]));
      }
    }
  });
  return added;
}

}  // namespace rarewood
