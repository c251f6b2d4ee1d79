#include "rarewood/explain/value_rates.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "rarewood/base/parallel.hpp"
#include "rarewood/evaluate/proportion.hpp"
#include "rarewood/explain/explained_share.hpp"
#include "rarewood/explain/one_hot.hpp"
#include "rarewood/feature/kind_name.hpp"
#include "rarewood/feature/value_text.hpp"
#include "rarewood/pattern/ranges.hpp"
#include "rarewood/pattern/ranks.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kMostNumbers = 24;
constexpr std::size_t kRanges = 10;
constexpr std::size_t kMostLevels = 20;

/// Rows of one value.
struct ValueRows {
  float value = 0;
  ClassTotals rows;
};

/// A column's distinct values in ascending order, and the rows without one.
struct Distinct {
  std::vector<ValueRows> values;
  ClassTotals missing;
};

void add(ClassTotals& to, std::uint64_t n0, std::uint64_t n1) {
  to.n0 += n0;
  to.n1 += n1;
}
void add(ClassTotals& to, const ClassTotals& more) { add(to, more.n0, more.n1); }

Distinct distinct_values(const CellTable& table, std::size_t feature) {
  const std::span<const float> column = table.patterns->column(feature);
  const Ranks ranks = rank_values(column);
  std::vector<ValueRows> all(ranks.distinct);
  for (std::size_t p = 0; p < column.size(); ++p) all[ranks.of[p]].value = column[p];
  for (const Cell& cell : table.cells) add(all[ranks.of[cell.pattern]].rows, cell.n0, cell.n1);
  Distinct found;
  for (const ValueRows& each : all) {
    if (each.rows.rows() == 0) continue;
    if (std::isnan(each.value)) {
      add(found.missing, each.rows);
    } else {
      found.values.push_back(each);
    }
  }
  return found;
}

/// Of an end of a range: five digits are enough to find it.
std::string end_text(const Feature& feature, float value) {
  if (feature.kind != FeatureKind::number || value == std::round(value)) {
    return value_text(feature, value);
  }
  return std::abs(value) < 1e5F ? fmt::format("{:.5g}", value) : fmt::format("{:.0f}", value);
}

void add_value(ColumnProfile& profile, const std::string& value, const ClassTotals& rows) {
  if (rows.rows() > 0) profile.values.push_back({value, rows, 0, {}, 0});
}

void add_ranges(const Feature& feature, const std::vector<ValueRows>& values,
                ColumnProfile& profile) {
  std::vector<std::uint64_t> rows;
  for (const ValueRows& each : values) rows.push_back(each.rows.rows());
  std::size_t first = 0;
  for (const std::size_t last : equal_ranges(rows, kRanges)) {
    ClassTotals within;
    for (std::size_t i = first; i <= last; ++i) add(within, values[i].rows);
    const std::string low = end_text(feature, values[first].value);
    const std::string high = end_text(feature, values[last].value);
    add_value(profile, first == last ? low : low + " to " + high, within);
    first = last + 1;
  }
}

/// The most frequent levels in their order, then all others together.
void add_levels(const Feature& feature, const std::vector<ValueRows>& values,
                ColumnProfile& profile) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const std::uint64_t rows_a = values[a].rows.rows();
    const std::uint64_t rows_b = values[b].rows.rows();
    return rows_a != rows_b ? rows_a > rows_b : a < b;
  });
  const std::size_t shown = std::min(values.size(), kMostLevels);
  std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown));
  ClassTotals others;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const ValueRows& each = values[order[i]];
    if (i < shown) {
      add_value(profile, value_text(feature, each.value), each.rows);
    } else {
      add(others, each.rows);
    }
  }
  add_value(profile, fmt::format("{} others", values.size() - shown), others);
}

/// Rates, intervals and lifts, once all values with their rows are there.
/// \param groups  what the explained share is of; at least as fine as the values
void finish(ColumnProfile& profile, const std::vector<ClassTotals>& groups) {
  const ClassTotals all = class_totals(groups);
  for (ValueRate& each : profile.values) {
    each.rate = each.rows.base_rate();
    each.interval =
        wilson({static_cast<double>(each.rows.n1), static_cast<double>(each.rows.rows())});
    each.lift = all.n1 > 0 ? each.rate / all.base_rate() : 0;
  }
  profile.explained = explained_share(groups);
}

void finish(ColumnProfile& profile) {
  std::vector<ClassTotals> groups;
  for (const ValueRate& each : profile.values) groups.push_back(each.rows);
  finish(profile, groups);
}

/// Every level is a group by itself, also those that are shown together.
void finish_levels(ColumnProfile& profile, const Distinct& distinct) {
  std::vector<ClassTotals> groups{distinct.missing};
  for (const ValueRows& each : distinct.values) groups.push_back(each.rows);
  finish(profile, groups);
}

void describe_range(const Feature& feature, const Distinct& distinct, ColumnProfile& profile) {
  if (feature.kind != FeatureKind::number && feature.kind != FeatureKind::time) return;
  if (distinct.values.empty()) return;
  std::uint64_t rows = 0;
  for (const ValueRows& each : distinct.values) rows += each.rows.rows();
  std::uint64_t up_to = 0;
  std::size_t middle = 0;
  while ((up_to += distinct.values[middle].rows.rows()) * 2 < rows) ++middle;
  profile.low = end_text(feature, distinct.values.front().value);
  profile.median = end_text(feature, distinct.values[middle].value);
  profile.high = end_text(feature, distinct.values.back().value);
}

ColumnProfile profile_feature(const CellTable& table, const Feature& feature, std::size_t place) {
  const Distinct distinct = distinct_values(table, place);
  ColumnProfile profile;
  profile.column = feature.name;
  profile.kind = kind_name(feature.kind);
  profile.distinct = distinct.values.size();
  profile.missing = distinct.missing.rows();
  describe_range(feature, distinct, profile);
  if (feature.kind == FeatureKind::category) {
    add_levels(feature, distinct.values, profile);
  } else if (distinct.values.size() > kMostNumbers) {
    add_ranges(feature, distinct.values, profile);
  } else {
    for (const ValueRows& each : distinct.values) {
      add_value(profile, value_text(feature, each.value), each.rows);
    }
  }
  add_value(profile, "missing", distinct.missing);
  if (feature.kind == FeatureKind::category) {
    finish_levels(profile, distinct);
  } else {
    finish(profile);
  }
  return profile;
}

/// The member whose column is 1; nothing where none is.
std::size_t member_of(const Patterns& patterns, const OneHotGroup& group, std::uint32_t pattern) {
  std::size_t m = 0;
  while (m < group.members.size() && patterns.value(pattern, group.members[m]) != 1) ++m;
  return m;
}

ColumnProfile profile_group(const CellTable& table, const OneHotGroup& group,
                            const FeatureSchema& schema) {
  std::vector<ClassTotals> rows(group.members.size() + 1);
  for (const Cell& cell : table.cells) {
    add(rows[member_of(*table.patterns, group, cell.pattern)], cell.n0, cell.n1);
  }
  ColumnProfile profile;
  profile.column = group.name;
  profile.kind = "one-hot";
  for (const std::size_t member : group.members) {
    profile.members.push_back(schema.features[member].name);
  }
  for (std::size_t m = 0; m < group.members.size(); ++m) {
    add_value(profile, group.levels[m], rows[m]);
  }
  profile.distinct = profile.values.size();
  if (rows.back().rows() > 0) {
    add_value(profile, "none of these", rows.back());
    profile.note =
        "'none of these' holds every level without a column of its own together, and rows that "
        "had none: their rate is no level's rate.";
  }
  finish(profile);
  return profile;
}

}  // namespace

std::vector<ColumnProfile> profile_columns(const CellTable& table, const FeatureSchema& schema,
                                           const Control& control) {
  std::vector<ColumnProfile> profiles(schema.features.size());
  parallel_for(control, profiles.size(),
               [&](std::size_t f) { profiles[f] = profile_feature(table, schema.features[f], f); });
  for (const OneHotGroup& group : one_hot_groups(*table.patterns, schema)) {
    profiles.push_back(profile_group(table, group, schema));
  }
  return profiles;
}

ColumnProfile profile_levels(const RowLevels& levels, const std::vector<std::uint8_t>& positive) {
  std::vector<ClassTotals> rows(levels.names.size());
  for (std::size_t row = 0; row < positive.size(); ++row) {
    add(rows[levels.of[row]], positive[row] == 0 ? 1 : 0, positive[row]);
  }
  ColumnProfile profile;
  profile.column = levels.column;
  profile.kind = "time";
  for (std::size_t i = 0; i < rows.size(); ++i) add_value(profile, levels.names[i], rows[i]);
  profile.distinct = profile.values.size();
  finish(profile);
  return profile;
}

}  // namespace rarewood
