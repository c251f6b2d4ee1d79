#pragma once

#include <vector>

#include "rarewood/audit/scan.hpp"
#include "rarewood/audit/shared_groups.hpp"
#include "rarewood/feature/training_table.hpp"
#include "rarewood/workflow/loading.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// The rows by each column that was named as telling whose row it is.
/// \throws Error(usage) if that is the target
std::vector<GroupedRows> grouped_rows(const TrainingTable& table, const CountedTable& counted,
                                      const TrainRequest& request);

/// The scan of the table, and of its rows by each kind of group.
Scan scan_table(const ScanRequest& request, const std::vector<GroupedRows>& by_group,
                const Control& control);

}  // namespace rarewood
