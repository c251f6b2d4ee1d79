#pragma once

#include <string>

#include "rarewood/report/console_style.hpp"
#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// All that `rarewood evaluate` has to say of a model's scores.
std::string evaluation_text(const ConsoleStyle& style, const RunRecord& record);

}  // namespace rarewood
