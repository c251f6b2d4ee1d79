#pragma once

#include <string>

#include "rarewood/report/console_style.hpp"
#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// How well the probabilities fit the test rows, before and after calibration; "" where the record
/// does not say.
std::string calibration_text(const ConsoleStyle& style, const RunRecord& record);

}  // namespace rarewood
