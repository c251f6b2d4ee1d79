#pragma once

#include <string>
#include <string_view>

namespace rarewood {

/// The 32 bytes of the hash.
std::string sha256(std::string_view bytes);

}  // namespace rarewood
