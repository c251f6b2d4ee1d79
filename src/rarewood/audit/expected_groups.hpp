#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/feature/schema.hpp"
#include "rarewood/model/expectations.hpp"
#include "rarewood/model/learn_expectations.hpp"

namespace rarewood {

/// A column's rows at training and now, in the same groups: ranges or values, the most frequent
/// levels and the others together, then missing, then unseen ones.
struct ColumnGroups {
  std::vector<std::string> names;     ///< [groups] "'mobile'", "up to 3.5", "missing"
  std::vector<std::uint64_t> before;  ///< [groups]
  std::vector<std::uint64_t> after;   ///< [groups]
};

/// Training rows whose value no other row has, or no other group where rows come in groups: a later
/// row has an unseen value about as often.
/// \source Good 1953, The population frequencies of species
std::uint64_t training_singles(const BinnedRows& expected);

/// Of a column with values or levels of its own, training's single rows count as unseen, so that
/// both sides have as many of them where nothing differs.
ColumnGroups column_groups(const Feature& feature, const BinnedRows& expected,
                           const ObservedRows& observed);

/// In which of column_groups() a later row is counted.
/// \return [bins + 2] by Place::bin
std::vector<std::uint32_t> group_of_bins(const BinnedRows& expected);

/// The same of a training row: single ones count as unseen.
std::vector<std::uint32_t> training_group_of_bins(const BinnedRows& expected);

}  // namespace rarewood
