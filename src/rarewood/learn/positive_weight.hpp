#pragma once

#include <string>

#include "rarewood/pattern/cells.hpp"

namespace rarewood {

/// The boosters' option scale_pos_weight: what a positive row weighs against a negative one.
/// \param text  a number above 0, or "balanced": weight of the negatives / weight of the positives
/// \param sums  where rows have no weights, the numbers of rows; both above 0
/// \throws Error(usage) on another text
double positive_weight(const std::string& text, const ClassWeightSums& sums);

/// \throws Error(usage) if positive_weight would refuse the text
void check_positive_weight(const std::string& text);

}  // namespace rarewood
