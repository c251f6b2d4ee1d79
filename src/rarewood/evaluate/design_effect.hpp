#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace rarewood {

/// Rows of one group side by side, as they come and go together. Empty: rows are independent.
///
/// For shares of a *table's* rows, where it counts how large a group is and which values it alone
/// has: EntryBlocks (entry_blocks.hpp) is for intervals of figures of *scores*, by blocks of
/// groups.
struct WholeGroups {
  std::vector<std::uint32_t> rows;  ///< positions, group after group
  std::vector<std::size_t> end;     ///< [groups] behind the last row of each

  bool empty() const { return end.empty(); }
};

/// Empty where no group has two rows. \param keys  [rows] equal for rows of one group
WholeGroups whole_groups(std::span<const std::uint64_t> keys);

/// The design effect of any share were all rows of a group alike: their mean size, by rows.
/// 1 without groups.
double effect_of_alike(const WholeGroups& groups);

/// A row that is not asked about.
inline constexpr std::uint32_t kNoShare = std::numeric_limits<std::uint32_t>::max();

/// Shares of rows, each row in one of them, and how much less they tell for coming in groups.
struct GroupedShares {
  std::vector<std::uint64_t> groups;  ///< [shares] that have a row of it
  /// [shares] variance by whole groups / variance by rows, 1 at least, and more where the groups
  /// are few and it is therefore itself uncertain. Where it shows nothing, as no row or every row
  /// is of the share or there are fewer than kFewestBlocks groups, each group is one trial.
  std::vector<double> effects;
  /// The mean of them that a statistic over all shares goes by, 1 at least: its expectation by
  /// whole groups / its expectation by rows.
  double together = 1;
};

/// Exact sums: the order of rows and groups leaves no trace.
/// \param share   [rows] below `shares`, or kNoShare
/// \param groups  not empty
/// \source Kish 1965; Rao and Scott 1981 for the mean; Korn and Graubard 1998 for few groups
/// \cost linear in rows and shares
GroupedShares grouped_shares(std::span<const std::uint32_t> share, std::size_t shares,
                             const WholeGroups& groups);

}  // namespace rarewood
