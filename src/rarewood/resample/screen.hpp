#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/base/byte_screen.hpp"
#include "rarewood/base/control.hpp"
#include "rarewood/resample/search_rows.hpp"

namespace rarewood {

// A screen tells cheaply which rows may be near; each of these is then measured exactly. It never
// loses a row within the limit, so it changes the time of a search and nothing else.

/// One byte of a row.
struct GridElement {
  std::size_t feature = 0;
  double lowest = 0;     ///< what code 0 stands for
  double reach = 127;    ///< codes end so far from the middle one, 128, which is a missing value's
  bool complete = true;  ///< a number in every row
  std::uint32_t side = 0;  ///< of a category: which values stand on the upper side, see below
};

/// All rows as bytes. A distance on the grid exceeds the true one by the two rows' rounding at
/// most:
/// - Numbers are rounded to the grid. Those outside are first moved onto its edge, which brings no
///   two rows further apart. Where some are missing, the edges are as far from the middle as a
///   missing value is from any other, and missing values stand in the middle.
/// - Categories fall into four classes by their codes; the classes are the corners of a
/// tetrahedron, three
///   bytes, whose edges are as long as unlike categories are apart.
struct ByteCodes {
  std::vector<GridElement> elements;  ///< empty = no use
  double step = 0;                    ///< width of the grid's cells
  double rounding = 0;                ///< largest distance of a row from its point on the grid
  BytePanels panels;
};

/// Worth its while where byte_screen_is_fast().
ByteCodes encode_rows(const SearchRows& rows, const Control& control);

/// Screens a few queries at once against all rows, chunk by chunk.
class BlockScreen {
 public:
  static constexpr std::size_t kQueries = 64;

  /// \param begin  a row likely to be near all of them; the search goes on from there
  BlockScreen(const SearchRows& rows, const ByteCodes& codes, std::span<const float* const> queries,
              std::size_t begin);

  /// Rows further than this from a query are of no interest to it.
  void set_limit(std::size_t query, double squared);

  /// Append pairs of a query and a row of the next chunk that may be within the query's limit.
  /// \return false where no rows are left
  bool next(std::vector<ByteHit>& pairs);

 private:
  void encode_queries();
  void screen_floats(std::size_t first, std::size_t last, std::vector<ByteHit>& pairs);

  const SearchRows& rows_;
  const ByteCodes& codes_;
  std::span<const float* const> queries_;
  std::vector<double> limits_;
  std::size_t begin_;
  std::size_t done_ = 0;  ///< rows screened
  bool by_bytes_;
  ByteQueries bytes_;
  std::vector<double> rounding_;  ///< [queries]
  std::vector<float> columns_;    ///< of the chunk, [features][rows]
  std::vector<float> sums_;       ///< [rows of the chunk]
};

}  // namespace rarewood
