#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "rarewood/base/parallel.hpp"
#include "rarewood/resample/screen.hpp"

namespace rarewood {

/// Measure all rows near each query and hand them to what collects its neighbours.
///
/// \param queries  values of a row each, features in the order of `rows`
/// \param make     (query) -> collector with limit(), the squared distance beyond which rows are of
///                 no interest, and offer(row, squared distance). What it has collected in the end
///                 must not depend on the order of the offers.
/// \param take     (query, collector), called once for each query
/// \cost queries x rows x features, on bytes where the machine has instructions for it
template <typename Make, typename Take>
void search(const SearchRows& rows, std::span<const float* const> queries, const Make& make,
            const Take& take, const Control& control) {
  if (queries.empty()) return;
  const ByteCodes codes = encode_rows(rows, control);
  constexpr std::size_t kBlock = BlockScreen::kQueries;
  parallel_for(
      control, (queries.size() + kBlock - 1) / kBlock,
      [&](std::size_t block) {
        const std::size_t first = block * kBlock;
        const auto mine = queries.subspan(first, std::min(kBlock, queries.size() - first));
        std::vector<decltype(make(first))> found;
        for (std::size_t q = 0; q < mine.size(); ++q) found.push_back(make(first + q));
        BlockScreen screen(rows, codes, mine);
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
