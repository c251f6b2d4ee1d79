#pragma once

#include <string>

#include "rarewood/report/console_style.hpp"
#include "rarewood/report/exploration.hpp"

namespace rarewood {

/// The data dictionary, then the event by value of each column, the most telling first.
std::string exploration_text(const ConsoleStyle& style, const Exploration& exploration);

}  // namespace rarewood
