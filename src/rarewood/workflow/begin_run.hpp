#pragma once

#include <cstdint>
#include <string>

#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// Milliseconds since 1970, UTC.
std::int64_t now_ms();

/// The record of a run that begins now: its id, its time and where it comes from.
/// \param command  "train"  \param run_name  as given, or ""
RunRecord begin_run(const std::string& command, const std::string& run_name);

}  // namespace rarewood
