#pragma once

#include <string>
#include <vector>

#include "rarewood/option/command_spec.hpp"

namespace rarewood {

/// Shells a completion can be made for: "bash", "zsh", "fish".
const std::vector<std::string>& completion_shells();

/// A script that teaches a shell the program's commands, flags and the words they take; where a
/// flag takes anything else, names of files are offered.
/// \param shell  one of `completion_shells`
std::string completion_script(const ProgramSpec& program, const std::string& shell);

}  // namespace rarewood
