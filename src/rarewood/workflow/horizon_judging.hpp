#pragma once

#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/report/horizon_record.hpp"
#include "rarewood/workflow/horizon_look.hpp"

namespace rarewood {

/// Judge all looks on the same draws of sessions; fills points, diagnostics, alert_once and their
/// intervals.
/// \param looks  in the order of the points
void judge_looks(const std::vector<PointLook>& looks, const LookPlan& plan, HorizonRecord& record,
                 const Control& control);

}  // namespace rarewood
