#pragma once

#include <cstdint>

#include "rarewood/option/option.hpp"

namespace rarewood {

/// How far a table may be from what training saw. Group "tolerance".
struct Tolerance {
  double max_psi = 0.25;
  double max_unexpected = 0.05;
  double max_rate_change = 0.5;
  std::int64_t min_rows = 1;
};

const OptionTable<Tolerance>& tolerance_options();

}  // namespace rarewood
