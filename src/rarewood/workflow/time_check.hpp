#pragma once

#include "rarewood/feature/training_table.hpp"
#include "rarewood/workflow/judging.hpp"
#include "rarewood/workflow/run_recipe.hpp"

namespace rarewood {

/// A split at random tells how a model does on days it has learned from. This tells how it does on
/// days to come: the recipe of the run, learned from the earliest rows, with calibrator and
/// threshold chosen there, is judged on the latest ones, and held against the same recipe out of
/// fold. Models have the size of a fold's, so that both are alike.
///
/// Where rows have times (prediction_time of the store's own table, or --time-column) and are not
/// split by them anyway; fills record.time_check, adds to verdict and warnings where the latest
/// rows are unlike, times "time_check".
/// \param model  the run's own model, out of fold
void check_over_time(const TrainingTable& table, const RunRecipe& recipe, const Contestant& model,
                     RunRecord& record, const Control& control);

}  // namespace rarewood
