#pragma once

#include <string>
#include <string_view>

namespace rarewood {

/// Two lower-case hexadecimal digits a byte.
std::string hex_text(std::string_view bytes);

/// Base64 with its padding (RFC 4648).
std::string base64_text(std::string_view bytes);

/// All but A-Z a-z 0-9 - . _ ~ (and '/' in paths) as %XX, as AWS counts characters.
std::string uri_encode(std::string_view text, bool keep_slashes);

/// The text that %XX stands for; a '%' without two hexadecimal digits stays as it is.
std::string uri_decode(std::string_view text);

}  // namespace rarewood
