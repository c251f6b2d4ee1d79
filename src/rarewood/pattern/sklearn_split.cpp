#include "rarewood/pattern/sklearn_split.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "rarewood/base/error.hpp"
#include "rarewood/base/mersenne_twister.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/pattern/cells.hpp"
#include "rarewood/pattern/split.hpp"

namespace rarewood {
namespace {

using ClassRows = std::array<std::uint32_t, 2>;

/// RandomState.permutation(size).
std::vector<std::uint32_t> permutation(MersenneTwister& random, std::uint32_t size) {
  std::vector<std::uint32_t> order(size);
  std::iota(order.begin(), order.end(), 0U);
  for (std::uint32_t i = size; i > 1; --i) std::swap(order[i - 1], order[random.up_to(i - 1)]);
  return order;
}

/// Share `draws` out over the classes by their sizes, the rows that rounding down leaves over by
/// largest remainder, ties by lot. In doubles, step by step as scikit-learn does it: where a
/// quotient rounds below a whole number, the lot it then draws moves all later numbers.
ClassRows share_out(const ClassRows& rows, std::uint32_t draws, MersenneTwister& random) {
  const double all = static_cast<double>(rows[0]) + static_cast<double>(rows[1]);
  std::array<double, 2> remainder{};
  ClassRows share{};
  for (std::size_t c = 0; c < 2; ++c) {
    const double wanted = static_cast<double>(rows[c]) / all * static_cast<double>(draws);
    share[c] = static_cast<std::uint32_t>(wanted);
    remainder[c] = wanted - std::floor(wanted);
  }
  const std::uint32_t left = draws - share[0] - share[1];
  if (left == 0) return share;
  const bool tied = remainder[0] == remainder[1];
  const std::size_t first = tied ? permutation(random, 2)[0] : remainder[0] < remainder[1] ? 1 : 0;
  ++share[first];
  if (left > 1) ++share[1 - first];
  return share;
}

/// \throws Error(usage) where numpy would
std::uint32_t numpy_seed(std::uint64_t seed) {
  constexpr std::uint64_t kHighest = std::numeric_limits<std::uint32_t>::max();
  if (seed <= kHighest) return static_cast<std::uint32_t>(seed);
  throw Error(ErrorKind::usage,
              "--split sklearn takes the seeds that numpy does, 0 to 4,294,967,295, not " +
                  thousands(seed) + ". Give another --random-state.");
}

}  // namespace

std::vector<std::uint32_t> folds_by_sklearn(std::span<const std::uint8_t> second, double test_size,
                                            std::uint64_t seed) {
  MersenneTwister random(numpy_seed(seed));
  if (second.size() > std::numeric_limits<std::uint32_t>::max()) {
    throw Error(ErrorKind::data, "--split sklearn takes up to 4,294,967,295 rows, this table has " +
                                     thousands(second.size()) + ". Choose another --split.");
  }
  std::array<std::vector<std::uint32_t>, 2> members;
  for (std::uint32_t row = 0; row < second.size(); ++row) members[second[row]].push_back(row);
  test_totals({members[0].size(), members[1].size()}, test_size);  // refuses what cannot be split

  const ClassRows rows{static_cast<std::uint32_t>(members[0].size()),
                       static_cast<std::uint32_t>(members[1].size())};
  const auto all = static_cast<std::uint32_t>(second.size());
  const auto tests = static_cast<std::uint32_t>(std::ceil(test_size * static_cast<double>(all)));
  const ClassRows train = share_out(rows, all - tests, random);
  const ClassRows rest{rows[0] - train[0], rows[1] - train[1]};
  share_out(rest, tests, random);  // gives all the rest, but may draw a lot
  std::vector<std::uint32_t> folds(second.size(), kTestFold);
  for (std::size_t c = 0; c < 2; ++c) {
    const std::vector<std::uint32_t> order = permutation(random, rows[c]);
    for (std::uint32_t i = 0; i < train[c]; ++i) folds[members[c][order[i]]] = 0;
  }
  return folds;
}

}  // namespace rarewood
