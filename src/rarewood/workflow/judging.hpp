#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rarewood/evaluate/decide.hpp"
#include "rarewood/evaluate/evaluation.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/report/run_record.hpp"
#include "rarewood/workflow/fitting.hpp"
#include "rarewood/workflow/run_recipe.hpp"
#include "rarewood/workflow/test_rows.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// Draws of the intervals of all rows.
inline constexpr std::uint64_t kDraws = 1000;

/// The training rows by models that did not see them, in the same folds.
struct OutOfFoldView {
  StudiedDecision studied;  ///< of the model: on all its scores
  Contestant model;
  std::optional<Contestant> plain;  ///< nothing done about the imbalance; none if nothing is
};

/// The model as asked and, where something is done about the imbalance, the same learner without.
/// \param by_group  the training rows
OutOfFoldView judge_out_of_fold(const RunRecipe& recipe, const TrainPart& train,
                                const EntryBlocks& by_group, const Control& control);

/// The figures of an evaluation, its comparisons and warnings, as the record has them.
void fill_from(const Evaluation& evaluation, RunRecord& record);

/// The one look at the test part: its rows counted and one by one, and what the model says of them.
struct TestView {
  const Split& split;
  const TestRows& rows;
  TestScores raw;    ///< before calibration
  Contestant model;  ///< by whole groups where rows have some
};

TestView view_test(const Model& model, const Split& split, const TestRows& rows,
                   const Control& control);

/// Judge the model and its simple rivals on the test part, by whole groups where rows have some;
/// fills metrics, intervals, design effects, baselines, targets, verdict, confusion and report of
/// the record, and its slices, where it has any, with the same of the test part's slice.
/// \param rule  how thresholds are chosen: the model's was, the rivals' will be
void judge_on_test(const Model& model, const TestView& test, const ThresholdRule& rule,
                   RunRecord& record, const Control& control);

/// \throws Error(usage) if a column is the target, or neither of the table nor of its keys
void check_by(const std::vector<std::string>& columns, const TrainingTable& table, bool has_times);

/// Judge the model on the test rows of each level of columns, at the threshold of all rows; adds to
/// the record's segmentations, and where rows have times one by time, asked for or not. Neither
/// split nor model change.
void judge_by(const std::vector<std::string>& columns, const FeatureSchema& schema,
              const TestView& test, RunRecord& record, const Control& control);

/// Compare as asked with nothing done about the imbalance; adds to baselines and verdict.
void compare_out_of_fold(const OutOfFoldView& view, const ThresholdRule& rule, RunRecord& record,
                         const Control& control);

}  // namespace rarewood
