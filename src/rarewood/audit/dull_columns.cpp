#include "rarewood/audit/dull_columns.hpp"

#include <cmath>
#include <map>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "rarewood/audit/by_column.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/proportion.hpp"

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

}  // namespace

std::vector<Finding> find_near_constant(const CellTable& table, const FeatureSchema& schema,
                                        const Control& control) {
  const std::vector<std::uint64_t> rows = rows_of_patterns(table);
  const std::uint64_t all = class_totals(table.cells).rows();
  return by_column(control, schema.features.size(), [&](std::size_t f) -> std::optional<Finding> {
    const auto column = table.patterns->column(f);
    const float value = candidate(column, rows);
    std::uint64_t with = 0;
    for (std::size_t p = 0; p < column.size(); ++p) with += same(column[p], value) ? rows[p] : 0;
    const double share = static_cast<double>(with) / static_cast<double>(all);
    if (share < kNearlyAll) return std::nullopt;
    Finding finding =
        begin_finding(FindingLevel::note, "near_constant", "", schema.features[f].name);
    finding.what = finding.column + " is nearly constant";
    finding.evidence = fmt::format("{} has one value in {} of {} rows ({} %).", finding.column,
                                   thousands(with), thousands(all), fixed(100 * share, 2));
    finding.remedy = "It can tell few rows apart; --exclude " + finding.column + " loses little.";
    finding.measure = "share_of_rows";
    finding.value = share;
    finding.interval = wilson({static_cast<double>(with), static_cast<double>(all)});
    return finding;
  });
}

std::vector<Finding> find_duplicated(const AuditedTable& table) {
  std::map<std::size_t, std::vector<std::string>> copies;  // in the schema's order
  for (std::size_t f = 0; f < table.alike.size(); ++f) {
    if (table.alike[f] != f) copies[table.alike[f]].push_back(table.schema.features[f].name);
  }
  std::vector<Finding> list;
  for (const auto& [first, names] : copies) {
    Finding finding =
        begin_finding(FindingLevel::note, "duplicated", "", table.schema.features[first].name);
    finding.others = names;
    finding.what = listed(finding.others) + " says the same as " + finding.column;
    finding.evidence =
        fmt::format("{} and {} tell all {} different rows apart in the same way.", finding.column,
                    listed(finding.others), thousands(table.cells.patterns->count));
    finding.remedy = "Keep one of them; importance is shared out among copies.";
    list.push_back(std::move(finding));
  }
  return list;
}

}  // namespace rarewood
