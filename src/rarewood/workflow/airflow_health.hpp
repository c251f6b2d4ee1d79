#pragma once

#include <string>

#include "rarewood/base/control.hpp"
#include "rarewood/base/health.hpp"

namespace rarewood {

/// The Airflow 3 at `url`: name, connection, clock, and the state of each of its parts.
/// \throws Error(interrupted).
ServiceHealth airflow_health(const std::string& url, const Control& control);

}  // namespace rarewood
