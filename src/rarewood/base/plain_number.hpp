#pragma once

#include <string>

namespace rarewood {

/// Shortest text without an exponent that reads back as the same double: "0.0001".
std::string plain_number(double value);

}  // namespace rarewood
