#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace rarewood {

/// 64 bits that change with every change within one aligned 8-byte word of `bytes`, and with any
/// other change but for one in 2^64. Against accidents, not against people.
inline std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t sum = bytes.size();
  for (std::size_t at = 0; at < bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, bytes.size() - at < 8 ? bytes.size() - at : 8);
    // Every step is one-to-one in the word and in the sum so far, and mixes high bits into low.
    sum = (sum ^ word) * 0x9E3779B97F4A7C15;
    sum ^= sum >> 29;
  }
  return sum;
}

}  // namespace rarewood
