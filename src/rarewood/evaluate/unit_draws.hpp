#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/bootstrap_plan.hpp"
#include "rarewood/evaluate/look.hpp"

namespace rarewood {

/// The units that are drawn.
struct DrawnUnits {
  std::vector<std::uint32_t> unit;  ///< their numbers
  std::vector<std::uint64_t> key;   ///< beside them: what they are known by outside, hashed
  std::size_t units = 0;            ///< numbers lie below; those not named above are never drawn
};

/// Draw the units again and again and hand their counts on.
///
/// How often a unit is drawn is a Poisson number of mean 1 and a function of (seed, draw, key)
/// alone: whatever is judged on one draw is paired, and stays as it is when looks or units are
/// added or left out.
/// \param use  (draw, counts), called for each draw from several threads at once
/// \source Chamandy et al. 2012, "Estimating uncertainty for massive data streams"
void draw_units(const DrawnUnits& drawn, const BootstrapPlan& plan, const Control& control,
                const std::function<void(std::size_t draw, const UnitCounts& counts)>& use);

/// Every unit once.
UnitCounts each_once(const DrawnUnits& drawn);

/// Percentile interval of what is finite; both ends NaN where nothing is.
Interval finite_interval(std::vector<double> values);

}  // namespace rarewood
