#pragma once

#include <string>

#include "rarewood/report/console_style.hpp"
#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// The model by the levels of each column asked for: rows, share of positives beside the mean
/// probability, share flagged, AUC and F1 with intervals, and what stands out; of what was judged
/// unasked only that. "" without any.
std::string segments_text(const ConsoleStyle& style, const RunRecord& record);

}  // namespace rarewood
