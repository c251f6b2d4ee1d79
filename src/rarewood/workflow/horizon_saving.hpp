#pragma once

#include "rarewood/base/control.hpp"
#include "rarewood/report/horizon_record.hpp"
#include "rarewood/workflow/horizon.hpp"

namespace rarewood {

/// \throws Error(external) if journal or --json cannot be written: better now than after the fits
void check_horizon_places(const HorizonRequest& request);

/// Write --json and the journal, draw the figure, tell the tracking server. The last two cost a
/// warning at most.
void save_horizon(HorizonRecord& record, const HorizonRequest& request, const Control& control);

}  // namespace rarewood
