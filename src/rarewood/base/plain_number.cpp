#include "rarewood/base/plain_number.hpp"

#include <array>
#include <charconv>

namespace rarewood {

std::string plain_number(double value) {
  std::array<char, 1100> buffer{};  // the longest double: "-0.", 323 zeros and its digits
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return std::string(buffer.data(), result.ptr);
}

}  // namespace rarewood
