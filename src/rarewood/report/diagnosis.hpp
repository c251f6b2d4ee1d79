#pragma once

#include <string>
#include <vector>

#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// Known troubles recognised in a run: all predicted negative, high recall with low precision, slow
/// training by too many synthetic rows, no better than a single column. One sentence each, with its
/// cure.
std::vector<std::string> diagnose(const RunRecord& record);

}  // namespace rarewood
