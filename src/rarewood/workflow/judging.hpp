#pragma once

#include <string>
#include <vector>

#include "rarewood/evaluate/evaluation.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/report/run_record.hpp"
#include "rarewood/workflow/fitting.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// A contestant judged on rows its models did not see, with what was chosen there.
struct Candidate {
  ContestantName name;
  OofScores scores;
  Decision decision;
};

/// Out-of-fold scores of a learner and resampler, and calibrator and threshold chosen on them.
Candidate out_of_fold_candidate(const ContestantName& name, const TrainPart& train,
                                const FoldPlan& plan, const std::string& threshold_rule,
                                const Control& control);

/// The same learner without what is done about the imbalance; nothing where nothing is done.
std::optional<Candidate> without_balancing(const TrainRequest& request, const TrainPart& train,
                                           const FoldPlan& plan, const Control& control);

/// Judge the model and its rivals on the test part, and the candidates on the out-of-fold rows;
/// fills metrics, intervals, baselines, targets, verdict, confusion and report of the record.
void judge(const Model& model, const Split& split, const Candidate& candidate,
           const std::vector<Candidate>& rivals, const TrainRequest& request, RunRecord& record,
           const Control& control);

}  // namespace rarewood
