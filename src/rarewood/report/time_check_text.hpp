#pragma once

#include <string>

#include "rarewood/report/console_style.hpp"
#include "rarewood/report/time_check.hpp"

namespace rarewood {

/// The run's recipe at random and on the latest rows; "" where there was no check.
std::string time_check_text(const ConsoleStyle& style, const TimeCheck& check);

}  // namespace rarewood
