#pragma once

#include <string>

#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// That intervals are by whole groups, and what that does to the figures most read; "" where rows
/// are independent.
std::string groups_text(const RunRecord& record);

}  // namespace rarewood
