#pragma once

#include <cstdint>
#include <vector>

namespace rarewood {

/// Sorts the items of small nodes by their codes, as trees ask for by the million: without a branch
/// that depends on the data. A key is code << kPlaceBits | the item's place in the node.
class KeySorter {
 public:
  static constexpr int kPlaceBits = 12;
  static constexpr std::size_t kMostKeys = std::size_t{1} << kPlaceBits;

  /// Room for the keys of the next sort, to be filled in ascending order of places.
  std::int32_t* keys(std::size_t count) {
    count_ = count;
    return keys_.data();
  }

  /// \return the keys in ascending order, valid until the next call of keys()
  const std::int32_t* sort();

 private:
  const std::int32_t* sort_by_counting();
  const std::int32_t* sort_by_digits();

  static constexpr std::size_t kPadding = 8;
  std::size_t count_ = 0;
  std::vector<std::int32_t> keys_ = std::vector<std::int32_t>(kMostKeys + kPadding);
  std::vector<std::int32_t> sorted_ = std::vector<std::int32_t>(kMostKeys + kPadding);
};

}  // namespace rarewood
