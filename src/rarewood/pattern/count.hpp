#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// What is known of each row beside its features.
struct RowFacts {
  std::span<const std::uint8_t> positive;  ///< [rows], 1 = positive class
  std::span<const std::uint32_t> folds;    ///< [rows], or empty: all rows in fold 0
  std::span<const float> weights;          ///< [rows], finite and >= 0, or empty: all weigh 1
  std::span<const double> costs;           ///< [rows], finite and >= 0, or empty: none has its own
};

/// Fold every set of equal rows into one pattern with its counts.
///
/// The result is a function of the multiset of (row, class, fold): row order, batches and threads
/// leave no trace. Where rows are all different this costs a few sorted columns, as the search for
/// equal rows ends with the first columns that tell all rows apart.
/// \param columns   [features][rows]
/// \param schema    of the same features
/// \param positive  [rows], 1 = positive class
/// \param folds     [rows], or empty: all rows in fold 0
/// \return patterns sorted by value, first feature first, missing last
/// \throws Error(data) if more than 2^32-1 rows share one cell
CellTable count_cells(const Columns& columns, const FeatureSchema& schema,
                      std::span<const std::uint8_t> positive, std::span<const std::uint32_t> folds,
                      const Control& control);

/// A table counted, and where each row went.
struct CountedRows {
  CellTable table;
  std::vector<std::uint32_t> pattern;  ///< [rows]
};

/// The same, for those who must find a row's score again.
CountedRows count_rows(const Columns& columns, const FeatureSchema& schema,
                       std::span<const std::uint8_t> positive, std::span<const std::uint32_t> folds,
                       const Control& control);

/// The same of rows with weights and costs, a function of the multiset of (row, class, fold,
/// weight, cost): rows that differ in these only share a pattern, not a cell.
CellTable count_cells(const Columns& columns, const FeatureSchema& schema, const RowFacts& rows,
                      const Control& control);

/// Either of the two, as rows have weights or none, and where each row went.
CountedRows count_rows(const Columns& columns, const FeatureSchema& schema, const RowFacts& rows,
                       const Control& control);

}  // namespace rarewood
