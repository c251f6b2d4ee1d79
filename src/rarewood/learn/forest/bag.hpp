#pragma once

#include <cstdint>

namespace rarewood {

/// A pattern in the bag of one tree.
struct BagItem {
  std::uint32_t pattern = 0;
  /// Distinct original rows among those drawn, for the minimum-size rules; counted no further than
  /// the largest of these rules asks.
  std::uint32_t rows = 0;
  std::uint64_t weight = 0;  ///< rows drawn by class: negatives << 32 | positives

  std::uint32_t n0() const { return static_cast<std::uint32_t>(weight >> 32); }
  std::uint32_t n1() const { return static_cast<std::uint32_t>(weight); }
};

/// Sums over the rows of a node, or of one bin of it.
struct NodeSums {
  std::uint64_t weight = 0;  ///< rows by class: negatives << 32 | positives
  std::uint64_t rows = 0;    ///< distinct original rows, each item's capped as in BagItem

  std::uint32_t n0() const { return static_cast<std::uint32_t>(weight >> 32); }
  std::uint32_t n1() const { return static_cast<std::uint32_t>(weight); }
  bool pure() const { return n0() == 0 || n1() == 0; }
  NodeSums& operator+=(const NodeSums& other) {
    weight += other.weight;
    rows += other.rows;
    return *this;
  }
  NodeSums operator-(const NodeSums& part) const {
    return {weight - part.weight, rows - part.rows};
  }
};

}  // namespace rarewood
