#pragma once

#include <cstdint>

namespace rarewood {

/// k of n rows have something.
struct RowShare {
  std::uint64_t k = 0;
  std::uint64_t n = 0;

  double share() const { return n == 0 ? 0 : static_cast<double>(k) / static_cast<double>(n); }
};

/// Chance that rows drawn from both sets together hold at least as many as `after` has, where both
/// sets follow one law: holds at any number of rows.
/// \source Fisher's exact test, one-sided
/// \cost linear in the smaller of k and the spread of the hypergeometric distribution
double p_of_more(const RowShare& before, const RowShare& after);

/// The same for a difference in either direction: twice the smaller side.
double p_of_other(const RowShare& before, const RowShare& after);

}  // namespace rarewood
