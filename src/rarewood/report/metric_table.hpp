#pragma once

#include <string>

#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// Every metric of the test rows with its 95 % interval, and beside it what it would be without
/// skill at this base rate; the threshold, and how it was chosen.
std::string metric_table_text(const RunRecord& record);

}  // namespace rarewood
