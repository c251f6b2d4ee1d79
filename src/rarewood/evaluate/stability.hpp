#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rarewood {

/// How far two sets of rows differ in a column, and how often chance alone moves it as far.
struct Stability {
  double index = 0;        ///< population stability index
  double by_chance = 0;    ///< its expectation where nothing differs
  std::size_t groups = 0;  ///< groups that have a row on either side
  double p_value = 1;      ///< chance of an index as large or larger where nothing differs
};

/// Shares of the groups that have a row on either side, half a row added to each.
struct SmoothedShares {
  double n = 0, m = 0;                ///< rows before and after, with the halves
  std::vector<double> before, after;  ///< [groups]
};

/// Rows that come in groups count as fewer: their number over these.
struct DesignEffects {
  double before = 1;
  double after = 1;
};

/// \param before, after  [groups] rows
SmoothedShares smoothed_shares(std::span<const std::uint64_t> before,
                               std::span<const std::uint64_t> after,
                               const DesignEffects& effects = {});

/// Sum over groups of (p - q) ln(p / q), half a row added to each group that has any.
///
/// Where both sides are drawn from one law, the index is approximately (1/n + 1/m) times chi-square
/// with groups - 1 degrees of freedom.
/// \param before, after  [groups] rows
/// \source Yurdakul 2018, Statistical properties of the population stability index; Rao and Scott
///         1981 for rows in groups
Stability population_stability(std::span<const std::uint64_t> before,
                               std::span<const std::uint64_t> after,
                               const DesignEffects& effects = {});

}  // namespace rarewood
