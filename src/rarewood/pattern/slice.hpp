#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/pattern/cells.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

// A slice is a part of the rows that is reported beside all of them, such as the sessions that were
// active at the moment of prediction. It changes neither the split nor the model: rows are counted
// with a mark, the mark is taken off before anything is drawn, and how many marked rows the draw
// took is drawn afterwards.

/// Folds that also tell marked rows apart, for count_cells.
/// \param folds   [rows], or empty: all rows in fold 0
/// \param marked  [rows] 1 = in the slice
std::vector<std::uint32_t> marked_folds(std::span<const std::uint32_t> folds,
                                        std::span<const std::uint8_t> marked);

struct SlicedCells {
  CellTable all;               ///< as if counted without marks
  std::vector<Cell> in_slice;  ///< the marked rows among them, in the same order
};

/// \param table  counted by marked_folds()
SlicedCells take_marks_off(const CellTable& table);

/// The marked rows of the test part, by pattern. Where test rows were drawn on counts, the marked
/// ones among them are drawn, too: the rows of a cell are alike.
/// \param before  as counted
/// \param drawn   the same rows after test part and folds were drawn
std::vector<PatternCount> slice_of_test(const SlicedCells& before, const CellTable& drawn,
                                        std::uint64_t seed);

}  // namespace rarewood
