#include "rarewood/base/mersenne_twister.hpp"

#include <bit>

namespace rarewood {

MersenneTwister::MersenneTwister(std::uint32_t seed) {
  state_[0] = seed;
  for (std::size_t i = 1; i < kWords; ++i) {
    const std::uint32_t before = state_[i - 1];
    state_[i] = 1812433253U * (before ^ (before >> 30)) + static_cast<std::uint32_t>(i);
  }
}

void MersenneTwister::refill() {
  constexpr std::size_t kShift = 397;
  for (std::size_t i = 0; i < kWords; ++i) {
    const std::uint32_t joined =
        (state_[i] & 0x80000000U) | (state_[(i + 1) % kWords] & 0x7FFFFFFFU);
    const std::uint32_t odd = (joined & 1U) != 0 ? 0x9908B0DFU : 0U;
    state_[i] = state_[(i + kShift) % kWords] ^ (joined >> 1) ^ odd;
  }
  used_ = 0;
}

std::uint32_t MersenneTwister::bits() {
  if (used_ == kWords) refill();
  std::uint32_t x = state_[used_++];
  x ^= x >> 11;
  x ^= (x << 7) & 0x9D2C5680U;
  x ^= (x << 15) & 0xEFC60000U;
  return x ^ (x >> 18);
}

std::uint32_t MersenneTwister::up_to(std::uint32_t highest) {
  if (highest == 0) return 0;
  const std::uint32_t mask = 0xFFFFFFFFU >> std::countl_zero(highest);
  std::uint32_t drawn = bits() & mask;
  while (drawn > highest) drawn = bits() & mask;
  return drawn;
}

}  // namespace rarewood
