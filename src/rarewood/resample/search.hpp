#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "rarewood/base/parallel.hpp"
#include "rarewood/resample/screen.hpp"

namespace rarewood {

/// Rows whose neighbours are looked for.
struct SearchQueries {
  std::span<const float* const> values;  ///< of a row each, features in the order of the rows
  std::span<const std::uint32_t> near;   ///< [queries] a row likely to be near, to begin with
};

/// Measure all rows near each query and hand them to what collects its neighbours.
///
/// \param make     (query) -> collector with limit(), the squared distance beyond which rows are of
///                 no interest, and offer(row, squared distance). What it has collected in the end
///                 must not depend on the order of the offers.
/// \param take     (query, collector), called once for each query
/// \cost queries x rows x features, on bytes where the machine has instructions for it
template <typename Make, typename Take>
void search(const SearchRows& rows, const SearchQueries& queries, const Make& make,
            const Take& take, const Control& control) {
  const std::size_t count = queries.values.size();
  if (count == 0) return;
  const ByteCodes codes = byte_screen_is_fast() ? encode_rows(rows, control) : ByteCodes{};
  constexpr std::size_t kBlock = BlockScreen::kQueries;
  parallel_for(
      control, (count + kBlock - 1) / kBlock,
      [&](std::size_t block) {
        const std::size_t first = block * kBlock;
        const auto mine = queries.values.subspan(first, std::min(kBlock, count - first));
        std::vector<decltype(make(first))> found;
        for (std::size_t q = 0; q < mine.size(); ++q) found.push_back(make(first + q));
        BlockScreen screen(rows, codes, mine, queries.near[first + mine.size() / 2]);
        std::vector<ByteHit> pairs;
        while (screen.next(pairs)) {
          for (const ByteHit& pair : pairs) {
            const double distance = squared_distance(rows, mine[pair.query], rows.row(pair.row));
            if (distance <= found[pair.query].limit()) found[pair.query].offer(pair.row, distance);
          }
          pairs.clear();
          for (std::size_t q = 0; q < mine.size(); ++q) screen.set_limit(q, found[q].limit());
        }
        for (std::size_t q = 0; q < mine.size(); ++q) take(first + q, found[q]);
      },
      "neighbours");
}

}  // namespace rarewood
