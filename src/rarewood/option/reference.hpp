#pragma once

#include <string>

#include "rarewood/option/command_spec.hpp"

namespace rarewood {

/// The page docs/reference/options.md: every command and every option, in Markdown.
std::string reference_page(const ProgramSpec& program);

}  // namespace rarewood
