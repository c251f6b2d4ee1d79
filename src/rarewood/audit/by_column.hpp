#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "rarewood/audit/finding.hpp"
#include "rarewood/base/control.hpp"

namespace rarewood {

/// What a detector says of each column, in the schema's order; columns are looked at side by side.
/// \throws Error(interrupted) when a stop is asked for
std::vector<Finding> by_column(const Control& control, std::size_t columns,
                               const std::function<std::optional<Finding>(std::size_t)>& judge);

}  // namespace rarewood
