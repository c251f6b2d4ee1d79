#pragma once

#include <string>

#include "rarewood/report/horizon_record.hpp"

namespace rarewood {

/// A Vega-Lite specification of the figures by point, minutes and pages side by side, both
/// populations with their intervals, with its data inside; "" where no point was judged.
std::string horizon_chart(const HorizonRecord& record);

}  // namespace rarewood
