#pragma once

#include <cstdint>
#include <string>

#include "rarewood/report/run_record.hpp"
#include "rarewood/track/track_options.hpp"

namespace rarewood {

/// Milliseconds since 1970, UTC.
std::int64_t now_ms();

/// The record of a run that begins now: its id, its name, its time and where it comes from.
/// \param command  "train"
/// \throws Error(usage) for an address that the run can never be sent to: better now than in the
/// end
RunRecord begin_run(const std::string& command, const TrackOptions& track);

}  // namespace rarewood
