#pragma once

#include "rarewood/evaluate/decide.hpp"
#include "rarewood/feature/training_table.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/report/run_record.hpp"
#include "rarewood/workflow/judging.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// Rows of a day, averaged over the latest 28 days of the table (over all, if they are fewer); 0
/// where no times are known: see row_times().
double rows_per_day(const TrainingTable& table, const SplitOptions& split);

/// The plan as asked for, with a capacity a day turned into a share of rows.
/// \throws Error(usage) if a capacity is asked for and no times are known
DecisionPlan plan_for(const TrainingTable& table, const TrainRequest& request);

/// What is known of the decision without the test rows, as facts and warnings of the record.
void record_decision(const StudiedDecision& studied, RunRecord& record);

/// How well the probabilities fit the test rows, before and after calibration: facts, metrics with
/// intervals, and a warning where their mean is not the share of positive rows.
void record_calibration(const Model& model, const TestView& test, const BootstrapPlan& draws,
                        RunRecord& record);

/// The same of probabilities that came from elsewhere, of which there is no before.
void record_calibration_as_given(const Contestant& judged, const BootstrapPlan& draws,
                                 RunRecord& record);

/// What the rule's figure comes to on the test rows; record.confusion is known by now.
/// \param model  on the test rows
void record_figure_on_test(const ThresholdRule& rule, const Contestant& model,
                           const BootstrapPlan& draws, RunRecord& record);

}  // namespace rarewood
