#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace rarewood {

/// The generator behind numpy's RandomState(seed), number for number: only for repeating what such
/// a program drew. Everything of our own is drawn by Random.
///
/// \source Matsumoto and Nishimura 1998: MT19937, with the seeding of 2002.
class MersenneTwister {
 public:
  explicit MersenneTwister(std::uint32_t seed);

  std::uint32_t bits();  ///< 32 fresh bits

  /// Uniform in 0 .. highest, as RandomState draws it: the low bits of fresh numbers, those above
  /// `highest` thrown away. Draws nothing for highest = 0.
  std::uint32_t up_to(std::uint32_t highest);

 private:
  static constexpr std::size_t kWords = 624;

  void refill();

  std::array<std::uint32_t, kWords> state_{};
  std::size_t used_ = kWords;
};

}  // namespace rarewood
