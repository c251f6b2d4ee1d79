#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/pattern/cells.hpp"
#include "rarewood/pattern/count.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

// Parts are drawn on counts, as the rows of a cell are alike. Where more is known of a row than its
// features, such as whose it is or in which week it was, it matters which rows of a cell the draw
// took. That is drawn afterwards, any row of a cell as likely as any other: it changes neither the
// split nor the model.

/// Rows as they were counted.
struct RowsOfCells {
  std::span<const std::uint32_t> pattern;  ///< [rows]
  RowFacts facts;                          ///< weights may be empty; folds as they were counted by
  /// [rows] Equal where nothing that rows are judged by tells them apart.
  std::span<const std::uint64_t> likeness;
};

/// \param drawn  the same rows after test part and folds were drawn; rows left out may be gone
/// \return [rows] the fold of each: as counted by where that is not 0, else drawn. What is known of
///         the rows of each fold does not depend on the order of the rows.
/// \throws Error(bug) if `drawn` is not of these rows
std::vector<std::uint32_t> draw_row_folds(const CellTable& drawn, const RowsOfCells& rows,
                                          std::uint64_t seed);

/// Rows of the test part as its counts list them: by ascending pattern and, where rows have costs,
/// by weight and cost.
std::vector<std::uint32_t> rows_of_test(std::span<const std::uint32_t> folds,
                                        std::span<const std::uint32_t> pattern,
                                        const RowFacts& facts);

/// Rows of the training folds as the check parts of fold 0, 1, ... list them, one after another.
std::vector<std::uint32_t> rows_of_training(std::span<const std::uint32_t> folds,
                                            std::span<const std::uint32_t> pattern,
                                            const RowFacts& facts);

/// Rows beside the parts' lists of counts.
struct RowsInOrder {
  std::span<const std::uint32_t> rows;     ///< of one of the functions above, or some of them
  std::span<const std::uint32_t> folds;    ///< [all rows]; empty: one fold
  std::span<const std::uint32_t> pattern;  ///< [all rows]
  std::span<const double> costs;           ///< [all rows], or empty
};

/// [rows] the entry of its list that each belongs to, from 0.
std::vector<std::uint32_t> entries_of_rows(const RowsInOrder& all);

/// Some rows by pattern and cost. \param which  in the order of `rows_of_test`
std::vector<PatternCount> count_of_rows(std::span<const std::uint32_t> which,
                                        std::span<const std::uint32_t> pattern,
                                        const RowFacts& facts);

}  // namespace rarewood
