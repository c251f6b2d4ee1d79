#pragma once

#include "rarewood/feature/training_table.hpp"
#include "rarewood/report/run_record.hpp"
#include "rarewood/workflow/loading.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// Where --threshold per_day:ROWS is judged on the latest rows: warns if the rows flagged there are
/// off that number a day by more than a tenth. A test part of drawn rows has no whole days.
void check_capacity(const TrainingTable& table, const CountedTable& counted,
                    const TrainRequest& request, RunRecord& record);

}  // namespace rarewood
