#pragma once

#include <optional>
#include <vector>

#include "rarewood/audit/scan.hpp"
#include "rarewood/audit/shared_groups.hpp"
#include "rarewood/feature/training_table.hpp"
#include "rarewood/workflow/loading.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// The rows by the entity column, or else by the group column; nothing where none was named.
std::optional<GroupedRows> grouped_rows(const TrainingTable& table, const CountedTable& counted,
                                        const TrainRequest& request);

/// The scan of the table, and of the groups if there are any.
Scan scan_table(const ScanRequest& request, const std::optional<GroupedRows>& groups,
                const Control& control);

}  // namespace rarewood
