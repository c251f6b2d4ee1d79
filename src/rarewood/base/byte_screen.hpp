#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rarewood {

/// Vectors of bytes, laid out so that one instruction works on a group of four of their elements in
/// each of sixteen rows.
struct BytePanels {
  static constexpr std::size_t kLanes = 16;
  static constexpr std::size_t kRowsAtOnce = 64;  ///< ranges of rows begin and end at multiples
  static constexpr std::size_t kMostElements = 16'000;  ///< sums of squares stay below 2^30

  std::size_t groups = 0;           ///< of four elements in a row, the last one padded with zeros
  std::vector<std::uint8_t> codes;  ///< [row / 16][group][row % 16][4]
  std::vector<std::int32_t> start;  ///< [rows, padded]: see pack_rows

  std::size_t padded_rows() const { return start.size(); }
};

/// Pack rows of `elements` bytes each.
BytePanels pack_rows(std::span<const std::uint8_t> rows, std::size_t elements);

/// Vectors to compare with the rows of panels.
struct ByteQueries {
  static constexpr std::size_t kAtOnce = 4;

  std::vector<std::int8_t> codes;       ///< [queries, padded][4 * groups], each less 128
  std::vector<std::int32_t> norm;       ///< [queries]: sum of squares of the codes not lessened
  std::vector<std::int32_t> threshold;  ///< [queries, padded]: see set_limit

  std::size_t padded() const { return threshold.size(); }

  /// Let pass rows whose squared distance is at most `squared`; rarely one more.
  void set_limit(std::size_t query, double squared);
};

ByteQueries pack_queries(std::span<const std::uint8_t> rows, std::size_t elements);

struct ByteHit {
  std::uint32_t query = 0;
  std::uint32_t row = 0;

  bool operator==(const ByteHit&) const = default;
};

/// Whether this machine has the instructions that make the screen worth its while.
bool byte_screen_is_fast();

/// Append every pair of a query and a row in [first, last) within the query's limit: exact integer
/// arithmetic, so any machine finds the same pairs.
/// \param first, last  multiples of BytePanels::kRowsAtOnce
/// \cost (last - first) x queries x groups / 16 instructions where the machine is made for it
void screen_bytes(const BytePanels& rows, std::size_t first, std::size_t last,
                  const ByteQueries& queries, std::vector<ByteHit>& hits);

/// The same on any machine.
void screen_bytes_portably(const BytePanels& rows, std::size_t first, std::size_t last,
                           const ByteQueries& queries, std::vector<ByteHit>& hits);

}  // namespace rarewood
