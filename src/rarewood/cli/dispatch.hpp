#pragma once

#include <string>
#include <vector>

namespace rarewood {

/// The program: read the words after its name, run a command, tell what went wrong in one line.
/// \return the exit code, see ErrorKind
int dispatch(const std::vector<std::string>& words);

}  // namespace rarewood
