#pragma once

#include "rarewood/report/run_record.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// Note which test part the run judges, by the table's content, the options of the split and the
/// seed, and how often the journal's runs have looked at it; warns where they are many.
/// \param record  with its data's fingerprint
void note_look(const TrainRequest& request, RunRecord& record);

}  // namespace rarewood
