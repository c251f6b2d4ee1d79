#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/model/expectations.hpp"
#include "rarewood/pattern/cells.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// Count every feature's values: up to ten numbers each by itself, more in ten ranges of about
/// equally many rows. A function of the multiset of rows.
/// \param table  of all rows, whatever their part
Expectations learn_expectations(const CellTable& table, const FeatureSchema& schema,
                                const Control& control);

/// The same of probabilities. \param list  of rows the model did not see
BinnedRows bin_probabilities(const ScoreList& list);

/// Rows of a later table in the bins of training.
struct ObservedRows {
  std::vector<std::uint64_t> rows;  ///< [bins] or [categories]
  std::uint64_t missing = 0;
  std::uint64_t unseen = 0;   ///< in none of the bins: new categories, new values among few
  std::uint64_t outside = 0;  ///< below the lowest or above the highest
};

/// Where a row falls.
struct Place {
  std::uint32_t bin = 0;  ///< number of bins = it has no value, one more = it is in none of them
  bool outside = false;   ///< below the lowest or above the highest
};

Place place_of(const BinnedRows& expected, float value);

/// \param values  [rows] as in Columns; categories as codes, missing and unseen ones NaN
/// \param unseen  how many of the NaN are unseen categories
ObservedRows observe(const BinnedRows& expected, std::span<const float> values,
                     std::uint64_t unseen);

}  // namespace rarewood
