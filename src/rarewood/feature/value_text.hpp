#pragma once

#include <string>

#include "rarewood/feature/schema.hpp"

namespace rarewood {

/// A value as people write it: "FR", "true", "2026-11-23", "7.5"; "missing" where there is none.
/// \param value  as Columns has it: a category's code, days since 1970
std::string value_text(const Feature& feature, float value);

}  // namespace rarewood
