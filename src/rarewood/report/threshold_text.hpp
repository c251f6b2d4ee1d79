#pragma once

#include <string>

#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// The threshold with its interval and rule, and what became of the rule on the test rows; "" where
/// the record has none.
std::string threshold_text(const RunRecord& record);

}  // namespace rarewood
