#pragma once

#include <string>
#include <vector>

#include "rarewood/option/command_spec.hpp"

namespace rarewood {

/// One warning on variables RAREWOOD_... that are no option of any command, each with the name it
/// is nearly called; "" where there are none. Those that only the scripts beside the program read
/// are known, too.
/// \param variables  names that are set
std::string unknown_variables(const ProgramSpec& program,
                              const std::vector<std::string>& variables);

}  // namespace rarewood
