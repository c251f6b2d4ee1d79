#include "rarewood/audit/expected_groups.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

namespace rarewood {
namespace {

constexpr std::size_t kMostLevels = 12;

bool has_own_values(const BinnedRows& expected) {
  return expected.single || expected.upper.empty();
}

void add(ColumnGroups& groups, std::string name, std::uint64_t before, std::uint64_t after) {
  groups.names.push_back(std::move(name));
  groups.before.push_back(before);
  groups.after.push_back(after);
}

/// Whether one training row, or group, has the value alone.
bool is_alone(const BinnedRows& expected, std::size_t bin) {
  if (!has_own_values(expected)) return false;
  if (!expected.effects.known()) return expected.rows[bin] == 1;
  return std::ranges::binary_search(expected.alone, static_cast<std::uint32_t>(bin));
}

/// Rows of a value less those that are alone with it.
std::uint64_t shared_rows(const BinnedRows& expected, std::size_t bin) {
  return is_alone(expected, bin) ? 0 : expected.rows[bin];
}

/// Levels, the most frequent first.
std::vector<std::size_t> by_frequency(const BinnedRows& expected) {
  std::vector<std::size_t> order(expected.rows.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return expected.rows[a] != expected.rows[b] ? expected.rows[a] > expected.rows[b] : a < b;
  });
  return order;
}

void add_levels(const Feature& feature, const BinnedRows& expected, const ObservedRows& observed,
                ColumnGroups& groups) {
  const std::vector<std::size_t> order = by_frequency(expected);
  std::uint64_t before = 0;
  std::uint64_t after = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::uint64_t rows = shared_rows(expected, order[i]);
    if (i < kMostLevels) {
      add(groups, "'" + feature.categories[order[i]] + "'", rows, observed.rows[order[i]]);
    } else {
      before += rows;
      after += observed.rows[order[i]];
    }
  }
  add(groups, "other levels", before, after);
}

void add_ranges(const BinnedRows& expected, const ObservedRows& observed, ColumnGroups& groups) {
  for (std::size_t bin = 0; bin < expected.rows.size(); ++bin) {
    const bool last = bin + 1 == expected.rows.size();
    std::string name = fmt::format("the value {}", expected.upper[bin]);
    if (!expected.single) {
      name = last ? fmt::format("above {:.5g}", expected.upper[bin - 1])
                  : fmt::format("{} {:.5g}", bin == 0 ? "up to" : "to", expected.upper[bin]);
      if (bin > 0 && !last) name = fmt::format("{:.5g} ", expected.upper[bin - 1]) + name;
    }
    add(groups, name, shared_rows(expected, bin), observed.rows[bin]);
  }
}

}  // namespace

std::uint64_t training_singles(const BinnedRows& expected) {
  std::uint64_t rows = 0;
  for (std::size_t bin = 0; bin < expected.rows.size(); ++bin) {
    if (is_alone(expected, bin)) rows += expected.rows[bin];
  }
  return rows;
}

ColumnGroups column_groups(const Feature& feature, const BinnedRows& expected,
                           const ObservedRows& observed) {
  ColumnGroups groups;
  if (expected.upper.empty()) {
    add_levels(feature, expected, observed, groups);
  } else {
    add_ranges(expected, observed, groups);
  }
  add(groups, "missing", expected.missing, observed.missing);
  add(groups, "new values", training_singles(expected), observed.unseen);
  return groups;
}

std::vector<std::uint32_t> group_of_bins(const BinnedRows& expected) {
  std::vector<std::uint32_t> group(expected.rows.size() + 2);
  std::uint32_t groups = 0;
  if (expected.upper.empty()) {
    const std::vector<std::size_t> order = by_frequency(expected);
    for (std::size_t i = 0; i < order.size(); ++i) {
      group[order[i]] = static_cast<std::uint32_t>(std::min(i, kMostLevels));
    }
    groups = static_cast<std::uint32_t>(std::min(order.size(), kMostLevels)) + 1;
  } else {
    for (; groups < expected.rows.size(); ++groups) group[groups] = groups;
  }
  group[expected.rows.size()] = groups;
  group[expected.rows.size() + 1] = groups + 1;
  return group;
}

std::vector<std::uint32_t> training_group_of_bins(const BinnedRows& expected) {
  std::vector<std::uint32_t> group = group_of_bins(expected);
  for (std::size_t bin = 0; bin < expected.rows.size(); ++bin) {
    if (is_alone(expected, bin)) group[bin] = group.back();
  }
  return group;
}

}  // namespace rarewood
