#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace rarewood {

/// "2026-11-23T15:09:31.042Z"
std::string utc_text(std::int64_t ms_since_1970);

/// "2026-11-23"
std::string date_text(std::chrono::sys_days day);

/// "20261123T150931Z": sorts by time and fits a file name.
std::string utc_stamp(std::int64_t ms_since_1970);

}  // namespace rarewood
