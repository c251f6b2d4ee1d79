#pragma once

#include <string>
#include <vector>

#include "rarewood/pattern/parts.hpp"
#include "rarewood/report/comparison_facts.hpp"
#include "rarewood/workflow/candidates.hpp"
#include "rarewood/workflow/judging.hpp"

namespace rarewood {

/// How candidates are judged out of fold.
struct JudgePlan {
  DecisionPlan decision;
  std::string by;               ///< the metric that decides, or rule: that of the threshold rule
  const EntryBlocks& by_group;  ///< the training rows
  std::uint64_t seed = 42;
};

struct Judged {
  ComparisonFacts facts;     ///< candidates, the best first
  std::size_t chosen = 0;    ///< among the recipes
  StudiedDecision decision;  ///< of the chosen one, on all its out-of-fold scores
};

/// Fit every candidate in the same folds, give each its calibrator and threshold cross-fitted, and
/// choose. Test rows have no part in it.
Judged judge_candidates(const std::vector<Recipe>& recipes, const TrainPart& train,
                        const JudgePlan& plan, const Control& control);

}  // namespace rarewood
