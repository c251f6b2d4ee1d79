#pragma once

#include <string>
#include <vector>

namespace rarewood {

/// Say a warning, and keep it with what a run found: one that is kept only reaches nobody who looks
/// at the console. What was said already is neither said nor kept again.
/// \param warnings  of the run
void warn(std::vector<std::string>& warnings, const std::string& sentence);

}  // namespace rarewood
