#include "rarewood/audit/dull_columns.hpp"

#include <bit>
#include <cmath>
#include <map>
#include <span>
#include <unordered_map>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/proportion.hpp"
#include "rarewood/pattern/ranks.hpp"

namespace rarewood {
namespace {

constexpr double kNearlyAll = 0.99;

std::vector<std::uint64_t> rows_of_patterns(const CellTable& table) {
  std::vector<std::uint64_t> rows(table.patterns->count);
  for (const Cell& cell : table.cells) rows[cell.pattern] += std::uint64_t{cell.n0} + cell.n1;
  return rows;
}

bool same(float a, float b) { return a == b || (std::isnan(a) && std::isnan(b)); }

/// The only value that can have more than half of the rows (Boyer and Moore's vote).
float candidate(std::span<const float> column, const std::vector<std::uint64_t>& rows) {
  float leader = 0;
  std::uint64_t lead = 0;
  for (std::size_t p = 0; p < column.size(); ++p) {
    if (lead == 0) leader = column[p];
    if (same(column[p], leader)) {
      lead += rows[p];
    } else if (rows[p] > lead) {
      leader = column[p];
      lead = rows[p] - lead;
    } else {
      lead -= rows[p];
    }
  }
  return leader;
}

/// Each value as the number of the first pattern that has it: equal for columns that cut the rows
/// alike.
std::vector<std::uint32_t> first_places(std::span<const float> column) {
  std::unordered_map<std::uint32_t, std::uint32_t> seen;
  std::vector<std::uint32_t> places;
  places.reserve(column.size());
  for (const float value : column) {
    const std::uint32_t key = std::isnan(value) ? 0x7FC00000U : std::bit_cast<std::uint32_t>(value);
    const auto next = static_cast<std::uint32_t>(places.size());
    places.push_back(seen.try_emplace(key, next).first->second);
  }
  return places;
}

/// How a column tells rows apart: values by their first place, so that their names do not matter;
/// where most values are different any two columns would agree in that, and their order counts.
std::vector<std::uint32_t> way_of(std::span<const float> column) {
  Ranks ranks = rank_values(column);
  if (2 * std::size_t{ranks.distinct} > column.size()) return std::move(ranks.of);
  return first_places(column);
}

/// Columns of unlike hash are unlike; of like hash they are compared.
std::uint64_t hash_of(std::span<const float> column) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const std::uint32_t place : way_of(column)) {
    hash = (hash ^ place) * 0x100000001b3ULL;
    hash ^= hash >> 29;
  }
  return hash;
}

}  // namespace

std::vector<Finding> find_near_constant(const CellTable& table, const FeatureSchema& schema) {
  const std::vector<std::uint64_t> rows = rows_of_patterns(table);
  const std::uint64_t all = class_totals(table.cells).rows();
  std::vector<Finding> findings;
  for (std::size_t f = 0; f < schema.features.size(); ++f) {
    const auto column = table.patterns->column(f);
    const float value = candidate(column, rows);
    std::uint64_t with = 0;
    for (std::size_t p = 0; p < column.size(); ++p) with += same(column[p], value) ? rows[p] : 0;
    const double share = static_cast<double>(with) / static_cast<double>(all);
    if (share < kNearlyAll) continue;
    Finding finding =
        begin_finding(FindingLevel::note, "near_constant", "", schema.features[f].name);
    finding.what = finding.column + " is nearly constant";
    finding.evidence = fmt::format("{} has one value in {} of {} rows ({} %).", finding.column,
                                   thousands(with), thousands(all), fixed(100 * share, 2));
    finding.remedy = "It can tell few rows apart; --exclude " + finding.column + " loses little.";
    finding.measure = "share_of_rows";
    finding.value = share;
    finding.interval = wilson({static_cast<double>(with), static_cast<double>(all)});
    findings.push_back(std::move(finding));
  }
  return findings;
}

std::vector<Finding> find_duplicated(const CellTable& table, const FeatureSchema& schema) {
  std::map<std::uint64_t, std::vector<std::size_t>> alike;
  for (std::size_t f = 0; f < schema.features.size(); ++f) {
    alike[hash_of(table.patterns->column(f))].push_back(f);
  }
  std::map<std::size_t, Finding> findings;  // in the schema's order
  for (const auto& [hash, features] : alike) {
    const std::vector<std::uint32_t> first = way_of(table.patterns->column(features[0]));
    Finding finding =
        begin_finding(FindingLevel::note, "duplicated", "", schema.features[features[0]].name);
    for (std::size_t i = 1; i < features.size(); ++i) {
      if (way_of(table.patterns->column(features[i])) != first) continue;
      finding.others.push_back(schema.features[features[i]].name);
    }
    if (finding.others.empty()) continue;
    finding.what = listed(finding.others) + " says the same as " + finding.column;
    finding.evidence =
        fmt::format("{} and {} tell all {} different rows apart in the same way.", finding.column,
                    listed(finding.others), thousands(table.patterns->count));
    finding.remedy = "Keep one of them; importance is shared out among copies.";
    findings.emplace(features[0], std::move(finding));
  }
  std::vector<Finding> list;
  for (auto& [feature, finding] : findings) list.push_back(std::move(finding));
  return list;
}

}  // namespace rarewood
