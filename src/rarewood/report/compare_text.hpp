#pragma once

#include <cstddef>
#include <string>

#include "rarewood/report/console_style.hpp"
#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// What is about to be compared: "Comparing 12 candidates for 'bought' ..."
std::string comparing_text(const ConsoleStyle& style, const std::string& target);

/// "   Fitting 12 candidates in 5 folds..."
std::string fitting_text(std::size_t candidates, int folds);

/// The candidates by the figure that decides, each with its interval and its difference from the
/// best; what was left out; and the choice in sentences.
std::string candidates_text(const ConsoleStyle& style, const RunRecord& record);

/// The chosen one on the test part, beside its simple rivals, and how often it was looked at.
std::string test_look_text(const ConsoleStyle& style, const RunRecord& record);

/// Where the run is kept. \param journal  the run's folder
std::string compared_text(const ConsoleStyle& style, const RunRecord& record,
                          const std::string& journal);

}  // namespace rarewood
