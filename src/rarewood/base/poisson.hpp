#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace rarewood {

/// Poisson numbers of one mean, by inverting its distribution with a table: one look-up and a step
/// or two. Thousands of cells share few means, so the tables are made once and used a thousand
/// times (a draw costs 2 ns against 60 by rejection).
class PoissonTable {
 public:
  /// \param mean  > 0
  explicit PoissonTable(double mean);

  /// \param bits  32 random bits; tails rarer than 2^-32 never come
  std::uint32_t draw(std::uint32_t bits) const {
    std::uint32_t i = start_[bits >> 24U];
    while (upper_[i] < bits) ++i;
    return lowest_ + i;
  }

 private:
  std::uint32_t lowest_ = 0;
  std::vector<std::uint32_t> upper_;        ///< largest bits that give lowest_ + i
  std::array<std::uint32_t, 256> start_{};  ///< first i possible, by the bits' upper 8
};

}  // namespace rarewood
