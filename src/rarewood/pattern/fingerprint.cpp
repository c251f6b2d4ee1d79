#include "rarewood/pattern/fingerprint.hpp"

#include <bit>
#include <cmath>
#include <limits>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "rarewood/feature/schema_fingerprint.hpp"
#include "rarewood/table/fingerprint.hpp"

namespace rarewood {
namespace {

/// Rows by (pattern, weight), whatever their fold; those of weight 1 are left to the pattern's sum.
std::map<std::pair<std::uint32_t, float>, ClassTotals> rows_with_weight(const CellTable& table) {
  std::map<std::pair<std::uint32_t, float>, ClassTotals> rows;
  for (const Cell& cell : table.cells) {
    if (cell.weight == 1) continue;
    ClassTotals& totals = rows[{cell.pattern, cell.weight}];
    totals.n0 += cell.n0;
    totals.n1 += cell.n1;
  }
  return rows;
}

}  // namespace

std::string cells_fingerprint(const CellTable& table, const FeatureSchema& schema) {
  std::vector<ClassTotals> rows(table.patterns->count);
  for (const Cell& cell : table.cells) {
    rows[cell.pattern].n0 += cell.n0;
    rows[cell.pattern].n1 += cell.n1;
  }
  std::vector<float> values = table.patterns->values;
  for (float& value : values) {  // one bit pattern for all missing values
    if (std::isnan(value)) value = std::numeric_limits<float>::quiet_NaN();
  }
  Fingerprint fingerprint;
  fingerprint.add(schema_fingerprint(schema));
  fingerprint.add(std::as_bytes(std::span(values)));
  fingerprint.add(std::as_bytes(std::span(rows)));
  for (const auto& [cell, totals] : rows_with_weight(table)) {
    fingerprint.add(std::uint64_t{cell.first});
    fingerprint.add(std::uint64_t{std::bit_cast<std::uint32_t>(cell.second)});
    fingerprint.add(totals.n0);
    fingerprint.add(totals.n1);
  }
  return fingerprint.text();
}

}  // namespace rarewood
