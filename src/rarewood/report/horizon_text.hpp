#pragma once

#include <string>

#include "rarewood/report/console_style.hpp"
#include "rarewood/report/horizon_record.hpp"

namespace rarewood {

/// The points as tables, one a population, the alert if there is one, and the answer.
std::string horizon_text(const ConsoleStyle& style, const HorizonRecord& record);

}  // namespace rarewood
