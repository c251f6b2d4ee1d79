#pragma once

#include <string>

#include "rarewood/report/run_record.hpp"

namespace rarewood {

// What people read of a run in MLflow's lists: a name and descriptions, in Markdown.

/// The run's name: as given, else how it learnt and when it began (UTC): "forest-smote 2026-11-26
/// 01:02"; of other commands than train "compare 2026-11-26 01:02".
std::string run_title(const RunRecord& record);

/// Of a version: learner, balance, threshold and prediction point; what it learnt from, with the
/// data's fingerprint; AUC and F1 with their intervals on the test rows; whether a leak is proved.
std::string version_description(const RunRecord& record);

/// Of the registered model, when its first version is made: what it predicts and what the aliases
/// mean.
std::string registered_model_description(const RunRecord& record);

}  // namespace rarewood
