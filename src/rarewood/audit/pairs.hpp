#pragma once

#include <cstdint>
#include <vector>

#include "rarewood/audit/audited_table.hpp"
#include "rarewood/audit/finding.hpp"
#include "rarewood/base/control.hpp"

namespace rarewood {

/// Pairs of columns that tell the answer together and not one by one.
struct PairSearch {
  std::vector<Finding> findings;
  std::size_t columns = 0;  ///< that were paired: all, or as many as the budget allows
};

/// "pair": two columns, each in at most 16 groups, explain together 80 % of the target's entropy
/// and twice as much as both one by one; or which of the two is larger does. The simultaneous
/// interval counts every pair. A column in a finding already, `skip`, is not paired.
/// \param skip  [features]
/// \cost pairs x training cells; beyond 10^8 only the most informative columns are paired
PairSearch find_pairs(const AuditedTable& table, const std::vector<bool>& skip,
                      const Control& control);

}  // namespace rarewood
