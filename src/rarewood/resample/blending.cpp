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

struct FreshRow {
  std::uint64_t number = 0;
  Blend blend;
};

/// Draw all rows, count those that are copies and return the others with their numbers.
std::vector<FreshRow> draw_fresh(std::uint64_t count,
                                 const std::function<Blend(std::uint64_t)>& draw, bool all_fresh,
                                 std::vector<std::uint64_t>& copies, const Control& control) {
  constexpr std::uint64_t kAtOnce = 1 << 18;  // all of a folded table's rows may be copies
  constexpr std::uint64_t kBlock = 1 << 12;
  std::vector<FreshRow> fresh;
  std::vector<Blend> blends;
  for (std::uint64_t first = 0; first < count; first += kAtOnce) {
    blends.resize(std::min(kAtOnce, count - first));
    parallel_for(control, (blends.size() + kBlock - 1) / kBlock, [&](std::size_t block) {
      const std::size_t end = std::min<std::size_t>(blends.size(), (block + 1) * kBlock);
      for (std::size_t i = block * kBlock; i < end; ++i) blends[i] = draw(first + i);
    });
    for (std::size_t i = 0; i < blends.size(); ++i) {
      if (all_fresh || blends[i].base != blends[i].other) {
        fresh.push_back({first + i, blends[i]});
      } else {
        ++copies[blends[i].base];
      }
    }
  }
  return fresh;
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
  AddedRows added{std::vector<std::uint64_t>(part.counts().size(), 0), {}};
  const std::vector<FreshRow> fresh =
      draw_fresh(count, draw, rules.category != nullptr, added.copies, control);
  const std::vector<FeatureRule> features = feature_rules(part, rules.types);
  added.fresh.rows = fresh.size();
  added.fresh.values.resize(features.size());
  parallel_for(control, features.size(), [&](std::size_t f) {
    const std::span<const float> column = part.patterns().column(f);
    std::vector<float>& to = added.fresh.values[f];
    to.reserve(fresh.size());
    for (const auto& [i, blend] : fresh) {
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
