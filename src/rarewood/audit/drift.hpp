#pragma once

#include <cstdint>
#include <vector>

#include "rarewood/audit/audited_table.hpp"
#include "rarewood/audit/finding.hpp"
#include "rarewood/evaluate/stability.hpp"

namespace rarewood {

/// How far two sets of rows differ in a column.
struct Shift {
  double index = 0;   ///< population stability index, less what chance alone adds
  Interval interval;  ///< 95 %
  double low = 0;     ///< lower end that holds for all columns at once
};

/// Sum over groups of (p - q) ln(p / q), half a row added to each group; its expectation where
/// nothing differs, (groups - 1)(1/n + 1/m), is taken off.
/// \param before, after  [groups] rows
Shift shift_of(const std::vector<std::uint64_t>& before, const std::vector<std::uint64_t>& after,
               std::size_t tries, const DesignEffects& effects = {});

/// "drift": the test part differs from the training part by an index above 0.1. Where the split is
/// by time, this is the latest rows against the earlier ones. Values that only the test part has
/// are a group of their own.
std::vector<Finding> find_drift(const AuditedTable& table, const Control& control);

}  // namespace rarewood
