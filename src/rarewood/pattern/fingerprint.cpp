#include "rarewood/pattern/fingerprint.hpp"

#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "rarewood/feature/schema_fingerprint.hpp"
#include "rarewood/table/fingerprint.hpp"

namespace rarewood {

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
  return fingerprint.text();
}

}  // namespace rarewood
