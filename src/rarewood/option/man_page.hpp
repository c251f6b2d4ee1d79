#pragma once

#include <string>

#include "rarewood/option/command_spec.hpp"

namespace rarewood {

/// The page rarewood(1) in man's language: every command with its examples, every option once.
std::string man_page(const ProgramSpec& program);

}  // namespace rarewood
