#pragma once

#include <cstdint>
#include <vector>

#include "rarewood/audit/strength.hpp"
#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/rate_table.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/pattern/cells.hpp"
#include "rarewood/pattern/parts.hpp"

namespace rarewood {

/// What the detectors look at. Rules without exception and rows that stand in both parts are looked
/// for in all rows; how strong a column is, in the training part only.
struct AuditedTable {
  const CellTable& cells;
  const FeatureSchema& schema;
  std::uint32_t folds = 0;           ///< of the training part
  std::vector<ColumnBins> bins;      ///< [features]
  std::vector<Strength> strengths;   ///< [features]
  std::vector<Strength> of_missing;  ///< [features] of being missing alone
  std::vector<std::size_t> alike;    ///< [features] see alike_columns()
};

AuditedTable audited_table(const CellTable& cells, const FeatureSchema& schema, std::uint32_t folds,
                           const TrainPart& train, const Control& control);

/// Training rows by group and fold. \param group_of_pattern  [patterns] 0 .. groups-1
GroupCounts count_groups(const CellTable& cells, const std::vector<std::uint32_t>& group_of_pattern,
                         std::size_t groups, std::uint32_t folds);

}  // namespace rarewood
