#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace rarewood {

/// Counter-based random numbers: the n-th number is a function of (seed, purpose, index, n) alone,
/// so a result never depends on threads, on order, or on what else was drawn.
///
/// \source Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3": Philox4x32-10.
class Random {
 public:
  /// \param purpose  what the numbers are for, such as "bootstrap"; another purpose, another stream
  /// \param index    which of them, such as the number of the tree
  Random(std::uint64_t seed, std::string_view purpose, std::uint64_t index = 0);

  std::uint64_t bits();                      ///< 64 fresh bits
  double uniform();                          ///< in [0, 1), 53 bits
  std::uint64_t below(std::uint64_t bound);  ///< uniform in 0 .. bound-1, unbiased; bound >= 1

 private:
  std::array<std::uint32_t, 2> key_;
  std::array<std::uint32_t, 4> counter_;
  std::array<std::uint64_t, 2> block_{};
  int left_ = 0;
};

/// A few random numbers for each of very many things, such as the nodes of trees: the key of a
/// thing decides its numbers, and keys of its parts are derived from it.
///
/// \source Steele, Lea, Flood 2014: SplitMix64.
class KeyedDraws {
 public:
  explicit KeyedDraws(std::uint64_t key) : state_(key) {}

  std::uint64_t bits() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t x = (state_ ^ (state_ >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
  }

  /// In 0 .. bound-1; the bias is below bound / 2^64.
  std::uint64_t below(std::uint64_t bound) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::uint64_t>((static_cast<Wide>(bits()) * bound) >> 64);
  }

 private:
  std::uint64_t state_;
};

/// Number of successes in n trials of probability p.
/// \source inversion for small n*p; else Hoermann 1993, algorithm BTRS.
std::uint64_t draw_binomial(Random& random, std::uint64_t n, double p);

/// Number of marked items among `sample` drawn without replacement from `total`, `marked` of them
/// marked; sample <= total, marked <= total.
std::uint64_t draw_hypergeometric(Random& random, std::uint64_t marked, std::uint64_t total,
                                  std::uint64_t sample);

}  // namespace rarewood
