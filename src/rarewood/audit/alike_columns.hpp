#pragma once

#include <cstddef>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// For each column the first that tells rows apart in just the same way, whatever the values are
/// called (a length in cm and in inches, a code and its name); often the column itself. Where most
/// values are different, their order must be the same.
/// \return [features]
/// \throws Error(interrupted) when a stop is asked for
std::vector<std::size_t> alike_columns(const Patterns& patterns, const Control& control);

}  // namespace rarewood
