#pragma once

#include <string>
#include <vector>

#include "rarewood/evaluate/decide.hpp"
#include "rarewood/evaluate/evaluation.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/report/run_record.hpp"
#include "rarewood/workflow/fitting.hpp"
#include "rarewood/workflow/test_rows.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// Draws of the intervals of all rows.
inline constexpr std::uint64_t kDraws = 1000;

/// A contestant judged on rows its models did not see, with what was chosen there.
struct Candidate {
  ContestantName name;
  OofScores scores;
  DecisionPlan plan;
  StudiedDecision studied;
};

/// The model as asked and, where something is done about the imbalance, the same learner without:
/// out-of-fold scores in the same folds, and calibrator and threshold chosen on each.
/// \return the model's first, and of it alone how sure the threshold is
std::vector<Candidate> out_of_fold_candidates(const TrainRequest& request, const Method& method,
                                              const TrainPart& train, const DecisionPlan& plan,
                                              const Control& control);

/// The candidate on its out-of-fold rows, with calibrator, its kind too, and threshold for each
/// fold chosen on the others.
Contestant cross_fitted(const Candidate& candidate, const Control& control);

/// The figures of an evaluation, its comparisons and warnings, as the record has them.
void fill_from(const Evaluation& evaluation, RunRecord& record);

/// The one look at the test part: its rows counted, and one by one.
struct TestView {
  const Split& split;
  const TestRows& rows;
};

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
void judge_by(const std::vector<std::string>& columns, const Model& model, const TestView& test,
              RunRecord& record, const Control& control);

/// Judge the candidates on the out-of-fold rows, where there are two; adds to baselines and
/// verdict.
void judge_out_of_fold(const std::vector<Candidate>& candidates, RunRecord& record,
                       const Control& control);

}  // namespace rarewood
