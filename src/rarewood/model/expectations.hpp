#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace rarewood {

/// Rows by value, as training met them. Values of their own or ranges of them; of a category the
/// levels of its feature, in their order.
struct BinnedRows {
  /// Largest value of each bin, ascending, the last one the largest of all; empty for categories.
  std::vector<float> upper;
  float lowest = 0;                 ///< smallest value; 0 for categories
  bool single = false;              ///< each bin is the one value `upper`
  std::vector<std::uint64_t> rows;  ///< [bins] or [categories]
  std::uint64_t missing = 0;

  bool operator==(const BinnedRows&) const = default;
};

/// What a model's training table looked like: what later tables are held against. Classes by bin
/// are not kept.
struct Expectations {
  std::uint64_t rows = 0;
  std::uint64_t positives = 0;
  std::vector<BinnedRows> columns;          ///< [features]
  std::optional<BinnedRows> probabilities;  ///< of the test part, which the model did not see

  bool operator==(const Expectations&) const = default;
};

}  // namespace rarewood
