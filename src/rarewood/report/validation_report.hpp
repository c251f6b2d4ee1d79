#pragma once

#include <string>

#include "rarewood/audit/expectation_check.hpp"
#include "rarewood/report/console_style.hpp"

namespace rarewood {

/// Of the JSON; raised when a key changes its meaning.
inline constexpr int kValidationFormatVersion = 1;

/// What is not as expected, how many expectations are met, the verdict.
std::string validation_text(const ConsoleStyle& style, const Validation& validation);

/// The verdict and every check.
std::string validation_to_json(const Validation& validation);

/// The checks that are not met, as they are told: many columns that the table lacks are one
/// sentence.
std::vector<ExpectationCheck> checks_to_tell(const Validation& validation);

/// "device_type: 6.12 % of the rows have no value ...", for logs.
std::string check_sentence(const ExpectationCheck& check);

}  // namespace rarewood
