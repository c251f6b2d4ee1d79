#pragma once

#include <string>
#include <vector>

namespace rarewood {

/// What to do about a suspect: the question, and how to answer it once in rarewood.toml.
std::string ask(const std::vector<std::string>& columns);

}  // namespace rarewood
