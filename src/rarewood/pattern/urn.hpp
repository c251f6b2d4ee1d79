#pragma once

#include <cstdint>

#include "rarewood/base/random.hpp"

namespace rarewood {

/// Rows of which a number is to be taken by chance, without replacement, each as likely as any
/// other. They pass in groups of alike rows; after the last exactly the number asked for is taken.
class Urn {
 public:
  /// \param wanted  <= rows
  Urn(std::uint64_t rows, std::uint64_t wanted) : rows_(rows), wanted_(wanted) {}

  /// How many of the next `rows` alike rows are taken. \param rows  of those not passed yet
  std::uint32_t take(Random& random, std::uint32_t rows) {
    const std::uint64_t taken =
        rows == rows_ ? wanted_ : draw_hypergeometric(random, rows, rows_, wanted_);
    rows_ -= rows;
    wanted_ -= taken;
    return static_cast<std::uint32_t>(taken);
  }

 private:
  std::uint64_t rows_;
  std::uint64_t wanted_;
};

}  // namespace rarewood
