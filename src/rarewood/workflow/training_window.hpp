#pragma once

#include <optional>

#include "rarewood/feature/training_table.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/pattern/split.hpp"
#include "rarewood/workflow/loading.hpp"

namespace rarewood {

/// Until when the rows were that a model learns from: by the time column, else by when rows began,
/// else by their prediction times. Nothing where there are no dates.
///
/// A split by time learns from nothing of its test part on, so the window ends before it. In every
/// other split test rows lie among the rows learnt from, so the window is that of all rows.
std::optional<TrainingWindow> training_window(const TrainingTable& table,
                                              const CountedTable& counted,
                                              const SplitOptions& split);

}  // namespace rarewood
