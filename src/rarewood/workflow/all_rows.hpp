#pragma once

#include "rarewood/workflow/loading.hpp"
#include "rarewood/workflow/run_recipe.hpp"

namespace rarewood {

/// A test part with fewer positive rows than this says little.
inline constexpr std::uint64_t kFewTestPositives = 100;

/// Where the test part holds few positive rows, judge the run's recipe on all rows instead: five
/// times over, all rows are dealt out into folds, and each fold is scored by a model, a calibrator
/// and a threshold made without it. Figures are means over the repeats, and so are the ends of the
/// intervals: repeats take the luck of the folds away, they do not make rows. They cover what these
/// models are worth on new rows, on average over them.
///
/// For tables whose test part is a draw; fills record.all_rows, times "all_rows".
void judge_on_all_rows(const TrainingTable& table, const CountedTable& counted,
                       const RunRecipe& recipe, RunRecord& record, const Control& control);

}  // namespace rarewood
