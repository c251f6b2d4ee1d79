#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rarewood {

/// How much less a column's rows tell where they come in groups: variance by whole groups /
/// variance by rows, 1 at least; 0 = rows are not known to come in groups.
struct GroupEffects {
  double missing = 0;  ///< of the share without a value
  double unseen = 0;   ///< of the share with a value that no other group has
  double drift = 0;    ///< of the index over all values

  bool known() const { return drift > 0; }
  bool operator==(const GroupEffects&) const = default;
};

/// Rows by value, as training met them. Values of their own or ranges of them; of a category the
/// levels of its feature, in their order.
struct BinnedRows {
  /// Largest value of each bin, ascending, the last one the largest of all; empty for categories.
  std::vector<float> upper;
  float lowest = 0;                 ///< smallest value; 0 for categories
  bool single = false;              ///< each bin is the one value `upper`
  std::vector<std::uint64_t> rows;  ///< [bins] or [categories]
  std::uint64_t missing = 0;
  GroupEffects effects = {};
  /// Where rows come in groups: bins of one value all of whose rows are of one group, ascending.
  std::vector<std::uint32_t> alone = {};

  bool operator==(const BinnedRows&) const = default;
};

/// What a model's training table looked like: what later tables are held against. Classes by bin
/// are not kept.
struct Expectations {
  std::uint64_t rows = 0;
  std::uint64_t positives = 0;
  std::vector<BinnedRows> columns;          ///< [features]
  std::optional<BinnedRows> probabilities;  ///< of the test part, which the model did not see
  double rate_effect = 0;                   ///< as GroupEffects has them, of the base rate
  double alike_effect = 0;                  ///< what all were, if all rows of a group were alike

  bool operator==(const Expectations&) const = default;
};

}  // namespace rarewood
