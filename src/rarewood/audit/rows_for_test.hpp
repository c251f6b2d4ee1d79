#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rarewood/audit/audited_table.hpp"
#include "rarewood/audit/scan.hpp"
#include "rarewood/base/random.hpp"
#include "rarewood/pattern/count.hpp"

namespace rarewood {

/// Columns of made-up rows, counted as training would: every sixth row is a test row, the others
/// lie in five folds.
struct RowsForTest {
  std::vector<std::string> names;
  Columns columns;
  std::vector<std::uint8_t> positive;
  FeatureSchema schema;

  explicit RowsForTest(std::vector<std::uint8_t> labels) : positive(std::move(labels)) {
    columns.rows = positive.size();
    schema.target.name = "bought";
  }

  RowsForTest& add(const std::string& name, std::vector<float> values,
                   FeatureKind kind = FeatureKind::number) {
    schema.features.push_back({name, kind, {}});
    if (kind == FeatureKind::category) {
      float most = 0;
      for (const float value : values) most = value > most ? value : most;
      for (int code = 0; code <= static_cast<int>(most); ++code) {
        schema.features.back().categories.push_back(std::to_string(code));
      }
    }
    columns.values.push_back(std::move(values));
    return *this;
  }

  std::vector<std::uint32_t> folds() const {
    std::vector<std::uint32_t> folds;
    std::uint32_t of_class[2] = {0, 0};
    for (const std::uint8_t label : positive) {
      const std::uint32_t place = of_class[label]++;
      folds.push_back(place % 6 == 5 ? kTestFold : place % 6);
    }
    return folds;
  }

  CellTable cells() const { return count_cells(columns, schema, positive, folds(), {}); }
};

/// A table kept together with what it refers to.
struct AuditedForTest {
  FeatureSchema schema;
  CellTable cells;
  Split split;
  AuditedTable table;

  explicit AuditedForTest(const RowsForTest& rows)
      : schema(rows.schema),
        cells(rows.cells()),
        split(split_by_fold(cells, 5)),
        table(audited_table(cells, schema, 5, split.train, {})) {}

  Scan scanned(const Pairs& available_at = {}) const {
    return scan({cells, schema, split.train, available_at}, {});
  }
};

/// \return [rows] 1 with this chance
inline std::vector<std::uint8_t> labels_for_test(std::size_t rows, double rate) {
  Random random(1, "labels for test");
  std::vector<std::uint8_t> labels;
  for (std::size_t i = 0; i < rows; ++i) labels.push_back(random.uniform() < rate ? 1 : 0);
  return labels;
}

/// \return [rows] uniform in 0..1, on a grid of 2^-20
inline std::vector<float> noise_for_test(std::size_t rows, std::uint64_t index) {
  Random random(2, "noise for test", index);
  std::vector<float> values;
  for (std::size_t i = 0; i < rows; ++i) {
    values.push_back(static_cast<float>(random.below(1 << 20)) / (1 << 20));
  }
  return values;
}

/// The labels, a share of them turned round.
inline std::vector<float> flipped_for_test(const std::vector<std::uint8_t>& labels, double share,
                                           std::uint64_t index) {
  Random random(3, "flips for test", index);
  std::vector<float> values;
  for (const std::uint8_t label : labels) {
    values.push_back(static_cast<float>(random.uniform() < share ? 1 - label : label));
  }
  return values;
}

}  // namespace rarewood
