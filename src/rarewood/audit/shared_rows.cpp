#include "rarewood/audit/shared_rows.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/proportion.hpp"

namespace rarewood {
namespace {

constexpr double kMatters = 0.01;  ///< of the test rows
constexpr int kRareColumns = 2;

/// Rows of one pattern by part.
struct PatternParts {
  std::uint64_t train = 0;
  std::uint64_t test = 0;

  bool in_both() const { return train > 0 && test > 0; }
};

std::vector<PatternParts> parts_of(const CellTable& cells) {
  std::vector<PatternParts> parts(cells.patterns->count);
  for (const Cell& cell : cells.cells) {
    const std::uint64_t rows = std::uint64_t{cell.n0} + cell.n1;
    PatternParts& to = parts[cell.pattern];
    (cell.fold == kTestFold ? to.test : to.train) += rows;
  }
  return parts;
}

/// In how many columns of numbers each candidate has a value that only its own rows have.
std::map<std::size_t, int> rare_columns(const AuditedTable& table,
                                        const std::vector<std::size_t>& candidates) {
  const Patterns& patterns = *table.cells.patterns;
  std::map<std::size_t, int> rare;
  for (std::size_t f = 0; f < patterns.features(); ++f) {
    if (table.schema.features[f].kind != FeatureKind::number) continue;
    const auto column = patterns.column(f);
    std::map<float, std::uint32_t> patterns_with;
    for (const std::size_t p : candidates) {
      if (!std::isnan(column[p])) patterns_with[column[p]] = 0;
    }
    if (patterns_with.empty()) continue;
    for (const float value : column) {
      if (std::isnan(value)) continue;
      const auto found = patterns_with.find(value);
      if (found != patterns_with.end()) ++found->second;
    }
    for (const std::size_t p : candidates) {
      if (!std::isnan(column[p]) && patterns_with.at(column[p]) == 1) ++rare[p];
    }
  }
  return rare;
}

}  // namespace

std::vector<Finding> find_shared_rows(const AuditedTable& table) {
  const std::vector<PatternParts> parts = parts_of(table.cells);
  std::vector<std::size_t> candidates;
  std::uint64_t test_rows = 0;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    test_rows += parts[p].test;
    if (parts[p].in_both()) candidates.push_back(p);
  }
  std::uint64_t copies = 0;
  for (const auto& [pattern, columns] : rare_columns(table, candidates)) {
    if (columns >= kRareColumns) copies += parts[pattern].test;
  }
  if (copies == 0) return {};
  const Interval share = wilson({static_cast<double>(copies), static_cast<double>(test_rows)});
  Finding finding = begin_finding(share.low >= kMatters ? FindingLevel::proved : FindingLevel::note,
                                  "shared_rows", "L1.4", "");
  finding.what = "the test part holds copies of training rows";
  finding.measure = "share_of_test_rows";
  finding.value = static_cast<double>(copies) / static_cast<double>(test_rows);
  finding.interval = share;
  finding.evidence = fmt::format(
      "{} of {} test rows ({} %, 95 % interval {} % to {} %) equal a training row in every column, "
      "with values in two or more columns that no other row has.",
      thousands(copies), thousands(test_rows), fixed(100 * finding.value, 1),
      fixed(100 * share.low, 1), fixed(100 * share.high, 1));
  finding.remedy =
      "Take the copies out of the table, or keep all rows of one thing on one side: --split group "
      "--group-column NAME.";
  return {finding};
}

}  // namespace rarewood
