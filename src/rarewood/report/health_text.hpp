#pragma once

#include <string>
#include <vector>

#include "rarewood/base/health.hpp"
#include "rarewood/report/console_style.hpp"

namespace rarewood {

/// Each service with its steps, a line each, and how many failed at the end.
std::string health_text(const ConsoleStyle& style, const std::vector<ServiceHealth>& services);

/// {"healthy", "services": [{"service", "place", "steps": [{"name", "verdict", "found"}]}]};
/// verdicts are "well", "warned", "failed" and "not tried".
std::string health_to_json(const std::vector<ServiceHealth>& services);

}  // namespace rarewood
