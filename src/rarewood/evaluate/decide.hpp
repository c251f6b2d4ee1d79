#pragma once

#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/bootstrap_plan.hpp"
#include "rarewood/evaluate/calibration_choice.hpp"
#include "rarewood/evaluate/contestant.hpp"
#include "rarewood/evaluate/decision_facts.hpp"
#include "rarewood/evaluate/threshold_rule.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// How scores become probabilities and labels.
struct DecisionPlan {
  std::string calibration = "auto";  ///< of kCalibrations, or auto: chosen among them
  ThresholdRule rule;
  /// Keep to the rule also where scores do not rank: of what answers the same for every row the
  /// best F1 is that of flagging everyone, and so compared with it nothing wins by its rule alone.
  bool rule_for_all = false;
};

/// A decision, and what is known of it without looking at the test rows.
struct StudiedDecision {
  Decision decision;
  ThresholdFacts threshold;
  CalibrationChoice calibration;
  std::vector<std::string> warnings;
};

/// Calibrator and threshold. Scores that do not rank leave nothing to choose: then the likelier
/// class is predicted for all rows, unless the plan has its rule for all.
Decision decide(const OofScores& scores, const DecisionPlan& plan, const Control& control);

/// The contestant with calibrator, its kind too, and threshold for each fold chosen on the others:
/// no row's probability or label was decided by its own score.
/// \throws Error(data) if a class has no row outside a fold
Contestant cross_fitted(const ContestantName& name, const OofScores& scores,
                        const DecisionPlan& plan, const Control& control);

/// The same with the threshold's interval and the check whether it lies where right probabilities
/// would put it.
/// \param by_group  the rows of the scores; empty: they are independent
StudiedDecision study_decision(const OofScores& scores, const DecisionPlan& plan,
                               const EntryBlocks& by_group, const BootstrapPlan& draws,
                               const Control& control);

}  // namespace rarewood
