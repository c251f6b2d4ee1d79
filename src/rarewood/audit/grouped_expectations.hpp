#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/design_effect.hpp"
#include "rarewood/model/expectations.hpp"
#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// The rows of a training table, and whose they are.
struct GroupedTraining {
  const Patterns& patterns;
  std::span<const std::uint32_t> pattern;  ///< [rows]
  std::span<const std::uint8_t> positive;  ///< [rows]
  const WholeGroups& groups;               ///< not empty
};

/// Note in what a model expects how much less its training rows tell as they come in groups, and
/// which values one group alone has.
void note_groups(const GroupedTraining& table, Expectations& expectations, const Control& control);

/// Design effects of a later table's column.
struct LaterEffects {
  double missing = 1;
  double unseen = 1;
  double outside = 1;
  double drift = 1;
};

/// \param values  [rows]
/// \param unseen  rows of a category that training never saw, NaN among the values
/// \param groups  not empty
LaterEffects later_effects(const BinnedRows& expected, std::span<const float> values,
                           std::span<const std::uint32_t> unseen, const WholeGroups& groups);

}  // namespace rarewood
