#pragma once

#include "rarewood/base/control.hpp"
#include "rarewood/base/health.hpp"
#include "rarewood/track/track_options.hpp"

namespace rarewood {

/// The MLflow server of the options: its address, name, connection, clock, version, whether it
/// takes our host name and credentials, and whether files reach it. Nothing is written there: a run
/// made for a try would stay in its data base. \throws Error(interrupted).
ServiceHealth tracking_health(const TrackOptions& options, const Control& control);

}  // namespace rarewood
