#pragma once

#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/bootstrap_plan.hpp"
#include "rarewood/evaluate/entry_blocks.hpp"
#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/threshold_rule.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// Rows that did not decide about their own scores, and which of them come and go together.
struct ScoredByGroup {
  const OofScores& scores;
  const EntryBlocks& by_group;  ///< empty: rows are independent
};

/// Where the best threshold lies, 95 %: from the very best ones of draws of the rows, or of at most
/// 128 sets of whole groups.
///
/// Scores and calibrator stay as they are. A draw is made, and its best place sought, on about
/// 1,024 runs of neighbouring scores.
/// \param rule  not a fixed number
Interval threshold_interval(const ScoredByGroup& rows, const Calibrator& calibrator,
                            const ThresholdRule& rule, const BootstrapPlan& plan,
                            const Control& control);

/// 95 % interval of the rule's figure at a threshold that stays where it is, on other rows like
/// these.
/// \param confusion  of the rows judged, at least one of them
Interval figure_interval(const ThresholdRule& rule, const Confusion& confusion,
                         const BootstrapPlan& plan);

}  // namespace rarewood
