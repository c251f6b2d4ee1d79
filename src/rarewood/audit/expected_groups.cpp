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

/// Rows of a value less those that are alone with it.
std::uint64_t shared_rows(std::uint64_t rows) { return rows == 1 ? 0 : rows; }

void add_levels(const Feature& feature, const BinnedRows& expected, const ObservedRows& observed,
                ColumnGroups& groups) {
  std::vector<std::size_t> order(expected.rows.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return expected.rows[a] != expected.rows[b] ? expected.rows[a] > expected.rows[b] : a < b;
  });
  std::uint64_t before = 0;
  std::uint64_t after = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::uint64_t rows = shared_rows(expected.rows[order[i]]);
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
    const std::uint64_t rows = expected.rows[bin];
    add(groups, name, expected.single ? shared_rows(rows) : rows, observed.rows[bin]);
  }
}

}  // namespace

std::uint64_t training_singles(const BinnedRows& expected) {
  if (!has_own_values(expected)) return 0;
  return static_cast<std::uint64_t>(std::ranges::count(expected.rows, 1U));
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

}  // namespace rarewood
