#include "rarewood/audit/grouped_expectations.hpp"

#include "rarewood/audit/expected_groups.hpp"
#include "rarewood/base/parallel.hpp"
#include "rarewood/model/learn_expectations.hpp"

namespace rarewood {
namespace {

using Shares = std::vector<std::uint32_t>;

/// Bins that become groups, row by row.
Shares mapped(const Shares& bins, const Shares& group_of_bin) {
  Shares groups;
  groups.reserve(bins.size());
  for (const std::uint32_t bin : bins) groups.push_back(group_of_bin[bin]);
  return groups;
}

void note_column(const Shares& bins, const WholeGroups& groups, BinnedRows& column) {
  const GroupedShares by_bin = grouped_shares(bins, column.rows.size() + 2, groups);
  column.alone.clear();
  if (column.single || column.upper.empty()) {
    for (std::uint32_t bin = 0; bin < column.rows.size(); ++bin) {
      if (by_bin.groups[bin] == 1) column.alone.push_back(bin);
    }
  }
  column.effects.missing = by_bin.effects[column.rows.size()];
  column.effects.drift = by_bin.together;  // known from here on: `alone` holds
  const Shares group_of_bin = training_group_of_bins(column);
  const std::size_t unseen = group_of_bin.back();
  const GroupedShares shares = grouped_shares(mapped(bins, group_of_bin), unseen + 1, groups);
  column.effects.unseen = shares.effects[unseen];
  column.effects.drift = shares.together;
}

}  // namespace

void note_groups(const GroupedTraining& table, Expectations& expectations, const Control& control) {
  expectations.alike_effect = effect_of_alike(table.groups);
  const Shares labels(table.positive.begin(), table.positive.end());
  expectations.rate_effect = grouped_shares(labels, 2, table.groups).effects[1];
  parallel_for(control, expectations.columns.size(), [&](std::size_t f) {
    BinnedRows& column = expectations.columns[f];
    Shares bin_of_pattern;
    for (const float value : table.patterns.column(f)) {
      bin_of_pattern.push_back(place_of(column, value).bin);
    }
    note_column(mapped({table.pattern.begin(), table.pattern.end()}, bin_of_pattern), table.groups,
                column);
  });
}

LaterEffects later_effects(const BinnedRows& expected, std::span<const float> values,
                           std::span<const std::uint32_t> unseen, const WholeGroups& groups) {
  Shares bins;
  Shares outside;
  for (const float value : values) {
    const Place place = place_of(expected, value);
    bins.push_back(place.bin);
    outside.push_back(place.outside ? 1 : 0);
  }
  const auto missing = static_cast<std::uint32_t>(expected.rows.size());
  for (const std::uint32_t row : unseen) bins[row] = missing + 1;
  const Shares group_of_bin = group_of_bins(expected);
  const GroupedShares shares =
      grouped_shares(mapped(bins, group_of_bin), group_of_bin.back() + std::size_t{1}, groups);
  return {.missing = shares.effects[group_of_bin[missing]],
          .unseen = shares.effects[group_of_bin[missing + 1]],
          .outside = grouped_shares(outside, 2, groups).effects[1],
          .drift = shares.together};
}

}  // namespace rarewood
