#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace rarewood {

/// Distinct feature rows, each held once.
struct Patterns {
  std::size_t count = 0;
  std::vector<float> values;  ///< column-major, [features][count]; NaN = missing
  /// Per feature the number of its categories; 0 = a number or boolean, ordered by value.
  std::vector<std::uint32_t> category_counts;
  std::vector<std::string> names;  ///< of the features, for options that name some; may be empty

  std::size_t features() const { return category_counts.size(); }
  std::span<const float> column(std::size_t feature) const {
    return {values.data() + feature * count, count};
  }
  float value(std::size_t pattern, std::size_t feature) const {
    return values[feature * count + pattern];
  }
};

/// How many rows of each class share a pattern, a weight and a cost within one fold.
struct Cell {
  std::uint32_t pattern = 0;
  std::uint32_t fold = 0;
  std::uint32_t n0 = 0;  ///< rows of the negative class
  std::uint32_t n1 = 0;  ///< rows of the positive class
  float weight = 1;      ///< of each of these rows in learning; judging counts rows
  double cost = 0;  ///< of a wrong decision about each of these rows, where rows have their own

  std::uint64_t rows() const { return std::uint64_t{n0} + n1; }

  bool operator==(const Cell&) const = default;
};

/// Rows by class; 64 bits, as totals may pass what one cell can hold.
struct ClassTotals {
  std::uint64_t n0 = 0;
  std::uint64_t n1 = 0;

  std::uint64_t rows() const { return n0 + n1; }
  double base_rate() const {
    return rows() == 0 ? 0 : static_cast<double>(n1) / static_cast<double>(rows());
  }
  bool operator==(const ClassTotals&) const = default;
};

template <typename Counts>
ClassTotals class_totals(const Counts& counts) {
  ClassTotals totals;
  for (const auto& cell : counts) {
    totals.n0 += cell.n0;
    totals.n1 += cell.n1;
  }
  return totals;
}

/// Sums of weights by class.
struct ClassWeightSums {
  double w0 = 0;
  double w1 = 0;
};

/// Added up in the order of the list, which is one for all orders of rows.
template <typename Counts>
ClassWeightSums class_weight_sums(const Counts& counts) {
  ClassWeightSums sums;
  for (const auto& cell : counts) {
    sums.w0 += static_cast<double>(cell.n0) * static_cast<double>(cell.weight);
    sums.w1 += static_cast<double>(cell.n1) * static_cast<double>(cell.weight);
  }
  return sums;
}

/// The fold number of rows held back for the final test.
inline constexpr std::uint32_t kTestFold = 0xFFFFFFFF;

/// The fold number of rows that belong to neither part: see folds_by_time().
inline constexpr std::uint32_t kLeftOutFold = 0x3FFFFFFF;

/// A table, counted: cells sorted by (pattern, fold, weight, cost), each with at least one row.
struct CellTable {
  std::shared_ptr<const Patterns> patterns;
  std::vector<Cell> cells;
};

}  // namespace rarewood
