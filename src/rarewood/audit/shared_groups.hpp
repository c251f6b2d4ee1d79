#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rarewood/audit/finding.hpp"

namespace rarewood {

/// Whose row each row is, and on which side of the split it lies.
struct GroupedRows {
  std::string column;                      ///< that names the groups
  std::span<const std::int64_t> groups;    ///< [rows]
  std::span<const std::uint8_t> positive;  ///< [rows]
  std::span<const std::uint32_t> folds;    ///< [rows] kTestFold, kLeftOutFold (of neither
                                           ///< part) or a training fold; or empty:
  double test_size = 0.2;                  ///< rows are drawn at random, this share of them
};

/// "shared_groups": users (patients, shops) with rows in both parts.
///
/// That is a leak only as far as rows of one group are alike: proved if at least 1 % of the test
/// rows have others of their group in the training part and the labels within groups are
/// correlated, the lower end of the intraclass correlation's interval above 0.05; else a note.
std::vector<Finding> find_shared_groups(const GroupedRows& rows);

}  // namespace rarewood
