#pragma once

#include <cstddef>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/model/linear_model.hpp"

namespace rarewood {

/// Raw scores, [rows], of column-major values; the same bytes as reference_score.
///
/// Equal rows are not looked for, as TreeScorer does: finding them costs more than their scores.
/// \param values  [features] pointers to [rows] floats each
std::vector<float> linear_scores(const LinearModel& model, const std::vector<const float*>& values,
                                 std::size_t rows, const Control& control);

}  // namespace rarewood
