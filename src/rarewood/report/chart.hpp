#pragma once

#include <string>

#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// A Vega-Lite specification of the importances, the largest 20 of them, with its data inside.
/// \throws Error(usage) if the record has no importances.
std::string importance_chart(const RunRecord& record);

}  // namespace rarewood
