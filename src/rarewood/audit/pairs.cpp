#include "rarewood/audit/pairs.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "rarewood/audit/question.hpp"
#include "rarewood/base/parallel.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kGroups = 16;  ///< of one column, with that of missing values
constexpr std::size_t kRelations = 4;
constexpr double kBudget = 1e8;  ///< cells looked at
constexpr double kTogether = 0.8;
constexpr double kMoreThanApart = 2;

/// Training cells with what pairs need of them.
struct PairTable {
  const AuditedTable& table;
  std::vector<Cell> cells;
  std::vector<std::vector<std::uint8_t>> groups;  ///< [columns][cells]
  std::vector<std::size_t> columns;               ///< features that are paired, ascending
};

/// Bins in as few groups: neighbours of a number together until a group has its share of the rows;
/// the commonest levels of a category apart.
std::vector<std::uint8_t> group_of_bin(const std::vector<ClassTotals>& bins, bool ordered) {
  const std::size_t last = bins.size() - 1;  // missing
  std::vector<std::uint8_t> groups(bins.size());
  groups[last] = kGroups - 1;
  std::vector<std::size_t> order(last);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (last < kGroups) {
    for (const std::size_t b : order) groups[b] = static_cast<std::uint8_t>(b);
    return groups;
  }
  if (!ordered) {
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return bins[a].rows() != bins[b].rows() ? bins[a].rows() > bins[b].rows() : a < b;
    });
    for (std::size_t i = 0; i < last; ++i) {
      groups[order[i]] = static_cast<std::uint8_t>(std::min(i, kGroups - 2));
    }
    return groups;
  }
  const std::uint64_t all = class_totals(bins).rows() - bins[last].rows();
  std::uint64_t before = 0;
  for (const std::size_t b : order) {
    const std::uint64_t group = before * (kGroups - 1) / std::max<std::uint64_t>(all, 1);
    groups[b] = static_cast<std::uint8_t>(std::min<std::uint64_t>(group, kGroups - 2));
    before += bins[b].rows();
  }
  return groups;
}

/// As many of the most informative columns as the budget allows.
std::vector<std::size_t> chosen_columns(const AuditedTable& table, const std::vector<bool>& skip,
                                        std::size_t cells) {
  std::vector<std::size_t> columns;
  for (std::size_t f = 0; f < skip.size(); ++f) {
    if (!skip[f]) columns.push_back(f);
  }
  const double most = std::sqrt(2 * kBudget / static_cast<double>(std::max<std::size_t>(cells, 1)));
  if (static_cast<double>(columns.size()) <= most) return columns;
  std::sort(columns.begin(), columns.end(), [&](std::size_t a, std::size_t b) {
    const double x = table.strengths[a].information;
    const double y = table.strengths[b].information;
    return x != y ? x > y : a < b;
  });
  columns.resize(static_cast<std::size_t>(most));
  std::sort(columns.begin(), columns.end());
  return columns;
}

PairTable pair_table(const AuditedTable& table, const std::vector<bool>& skip,
                     const Control& control) {
  PairTable pairs{table, {}, {}, {}};
  std::copy_if(table.cells.cells.begin(), table.cells.cells.end(), std::back_inserter(pairs.cells),
               [](const Cell& cell) { return cell.fold != kTestFold; });
  pairs.columns = chosen_columns(table, skip, pairs.cells.size());
  pairs.groups.resize(pairs.columns.size());
  parallel_for(control, pairs.columns.size(), [&](std::size_t i) {
    const std::size_t f = pairs.columns[i];
    const ColumnBins& bins = table.bins[f];
    const bool ordered = table.cells.patterns->category_counts[f] == 0;
    const auto groups = group_of_bin(
        count_groups(table.cells, bins.bin_of_pattern, bins.bins, table.folds).totals(), ordered);
    for (const Cell& cell : pairs.cells) {
      pairs.groups[i].push_back(groups[bins.bin_of_pattern[cell.pattern]]);
    }
  });
  return pairs;
}

void add(GroupCounts& counts, const Cell& cell, std::size_t group) {
  ClassTotals& to = counts.at(cell.fold, group);
  to.n0 += cell.n0;
  to.n1 += cell.n1;
}

/// Below, equal, above, or one of the two is missing.
std::size_t relation(float a, float b) {
  if (std::isnan(a) || std::isnan(b)) return 3;
  return a < b ? 0 : a == b ? 1 : 2;
}

struct PairStrength {
  Strength together;
  bool by_order = false;  ///< of which value is larger, not of the values
};

PairStrength strength_of_pair(const PairTable& pairs, std::size_t i, std::size_t j,
                              std::size_t tries) {
  GroupCounts values(kGroups * kGroups, pairs.table.folds);
  for (std::size_t c = 0; c < pairs.cells.size(); ++c) {
    add(values, pairs.cells[c], pairs.groups[i][c] * kGroups + pairs.groups[j][c]);
  }
  PairStrength best{strength_of(values, tries)};
  const Patterns& patterns = *pairs.table.cells.patterns;
  const std::size_t f = pairs.columns[i];
  const std::size_t g = pairs.columns[j];
  if (patterns.category_counts[f] > 0 || patterns.category_counts[g] > 0) return best;
  GroupCounts orders(kRelations, pairs.table.folds);
  const auto one = patterns.column(f);
  const auto other = patterns.column(g);
  for (const Cell& cell : pairs.cells) {
    add(orders, cell, relation(one[cell.pattern], other[cell.pattern]));
  }
  const Strength of_order = strength_of(orders, tries);
  if (of_order.information > best.together.information) best = {of_order, true};
  return best;
}

std::optional<Finding> judge_pair(const PairTable& pairs, std::size_t i, std::size_t j,
                                  std::size_t tries) {
  const AuditedTable& table = pairs.table;
  const std::size_t f = pairs.columns[i];
  const std::size_t g = pairs.columns[j];
  const double apart =
      std::max(0.0, table.strengths[f].information) + std::max(0.0, table.strengths[g].information);
  if (kMoreThanApart * apart > 1) return std::nullopt;
  const PairStrength pair = strength_of_pair(pairs, i, j, tries);
  const Strength& together = pair.together;
  if (together.information_low < kTogether) return std::nullopt;
  if (together.information < kMoreThanApart * apart) return std::nullopt;
  Finding finding =
      begin_finding(FindingLevel::suspect, "pair", "L2", table.schema.features[f].name);
  finding.others = {table.schema.features[g].name};
  const std::string both = finding.column + " and " + finding.others.front();
  finding.what = both + " tell the target together";
  finding.evidence = fmt::format(
      "{}{} together explain {} % of what there is to know of {} (95 % interval {} % to {} %), one "
      "by one {} %.",
      pair.by_order ? "Which is larger of " : "", both, fixed(100 * together.information, 1),
      table.schema.target.name, fixed(100 * together.information_interval.low, 1),
      fixed(100 * together.information_interval.high, 1), fixed(100 * apart, 1));
  finding.remedy = ask({finding.column, finding.others.front()});
  finding.measure = "information";
  finding.value = together.information;
  finding.interval = together.information_interval;
  return finding;
}

}  // namespace

PairSearch find_pairs(const AuditedTable& table, const std::vector<bool>& skip,
                      const Control& control) {
  const PairTable pairs = pair_table(table, skip, control);
  const std::size_t columns = pairs.columns.size();
  const std::size_t tries = columns * (columns - std::min<std::size_t>(columns, 1));  // two a pair
  std::vector<std::vector<Finding>> found(columns);
  parallel_for(control, columns, [&](std::size_t i) {
    for (std::size_t j = i + 1; j < columns; ++j) {
      if (auto finding = judge_pair(pairs, i, j, tries)) found[i].push_back(std::move(*finding));
    }
  });
  PairSearch search{{}, columns};
  for (auto& findings : found) {
    for (Finding& finding : findings) search.findings.push_back(std::move(finding));
  }
  return search;
}

}  // namespace rarewood
