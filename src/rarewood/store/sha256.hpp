#pragma once

#include <string>
#include <string_view>

namespace rarewood {

/// The 32 bytes of the hash.
std::string sha256(std::string_view bytes);

/// Two lower-case hexadecimal digits a byte, as AWS names a payload.
std::string hex_text(std::string_view bytes);

/// Base64 with its padding, as x-amz-checksum-sha256 wants a hash.
std::string base64_text(std::string_view bytes);

}  // namespace rarewood
