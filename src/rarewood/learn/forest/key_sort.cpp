#include "rarewood/learn/forest/key_sort.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace rarewood {

const std::int32_t* KeySorter::sort() {
  constexpr std::size_t kCountUpTo = 64;
  return count_ <= kCountUpTo ? sort_by_counting() : sort_by_digits();
}

/// A key's place is the number of keys below it. Quadratic, but compilers compare several keys at
/// once: up to some dozens it beats every sort that branches.
const std::int32_t* KeySorter::sort_by_counting() {
  const std::size_t padded = (count_ + kPadding - 1) / kPadding * kPadding;
  std::fill(keys_.begin() + static_cast<std::ptrdiff_t>(count_),
            keys_.begin() + static_cast<std::ptrdiff_t>(padded),
            std::numeric_limits<std::int32_t>::max());
  const std::int32_t* keys = keys_.data();
  for (std::size_t i = 0; i < count_; ++i) {
    const std::int32_t key = keys[i];
    std::int32_t below = 0;
    for (std::size_t j = 0; j < padded; ++j) below += keys[j] < key ? 1 : 0;
    sorted_[static_cast<std::size_t>(below)] = key;
  }
  return sorted_.data();
}

/// Byte by byte of the codes, each round stable; a round in which all bytes agree is left out.
const std::int32_t* KeySorter::sort_by_digits() {
  constexpr std::size_t kDigits = 256;
  for (const int shift : {kPlaceBits, kPlaceBits + 8}) {
    const auto digit = [shift](std::int32_t key) {
      return static_cast<std::size_t>(key >> shift) % kDigits;
    };
    std::array<std::uint32_t, kDigits> place{};
    for (std::size_t i = 0; i < count_; ++i) ++place[digit(keys_[i])];
    if (place[digit(keys_[0])] == count_) continue;
    std::uint32_t next = 0;
    for (std::uint32_t& start : place) {
      const std::uint32_t held = start;
      start = next;
      next += held;
    }
    for (std::size_t i = 0; i < count_; ++i) sorted_[place[digit(keys_[i])]++] = keys_[i];
    keys_.swap(sorted_);
  }
  return keys_.data();
}

}  // namespace rarewood
