#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "rarewood/feature/schema.hpp"
#include "rarewood/resample/added_rows.hpp"
#include "rarewood/resample/neighbors.hpp"
#include "rarewood/resample/sampler_options.hpp"

namespace rarewood {

/// The rows of one class of a part, group by group, in the order of the part's patterns.
struct ClassRows {
  bool positive = true;
  std::vector<PatternCount> groups;       ///< counts of the other class are 0
  std::vector<std::uint32_t> place;       ///< [groups] position in the part's counts
  std::vector<std::uint64_t> rows_up_to;  ///< rows of groups 0..i
};

ClassRows rows_of_class(const FitPart& part, bool positive);

/// 0, 1, .. one for each group.
std::vector<std::uint32_t> all_groups(const ClassRows& rows);

/// Which group the row-th row is of; `rows_up_to` as in ClassRows.
std::uint32_t group_of(const std::vector<std::uint64_t>& rows_up_to, std::uint64_t row);

/// A synthetic row: between a row and another one, both by their places in the part's counts.
struct Blend {
  std::uint32_t base = 0;
  std::uint32_t other = 0;
  double gap = 0;  ///< 0 = the base, 1 = the other one
};

/// How features of synthetic rows come about.
struct BlendRules {
  SyntheticTypes types = SyntheticTypes::interpolate;
  /// Where set, gives the value of category `feature` of the i-th synthetic row instead of the
  /// nearer parent's.
  std::function<float(std::uint64_t i, std::size_t feature)> category = nullptr;
};

/// The rows that `draw` (i -> Blend) makes of 0 .. count-1; what equals its base is a copy.
AddedRows blend_rows(const FitPart& part, std::uint64_t count,
                     const std::function<Blend(std::uint64_t)>& draw, const BlendRules& rules,
                     const Control& control);

}  // namespace rarewood
