#pragma once

#include <string>

#include "rarewood/report/exploration.hpp"

namespace rarewood {

/// Indented JSON with a final newline; keys as in docs/guide/explore.md.
std::string exploration_to_json(const Exploration& exploration);

}  // namespace rarewood
