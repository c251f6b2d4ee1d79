#pragma once

#include <string>
#include <vector>

#include "rarewood/evaluate/choose_candidate.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/workflow/compare_options.hpp"
#include "rarewood/workflow/fitting.hpp"

namespace rarewood {

/// A candidate of a comparison, ready to be fitted.
struct Recipe {
  CandidateName name;
  Method method;
};

struct Recipes {
  std::vector<Recipe> candidates;    ///< learner by learner, as they were named
  std::vector<std::string> skipped;  ///< combinations that cannot be, and why, in sentences
};

/// Every learner with every balance, each with its defaults but for what --set says.
/// \throws Error(usage) on unknown names, values out of range, settings of nothing that is compared
Recipes list_candidates(const CompareOptions& options);

/// Take out, with the reason, what cannot be done to these rows or to a fold of them, such as SMOTE
/// of too few. \throws Error(data) if nothing is left
void skip_impossible(const TrainPart& train, Recipes& recipes);

}  // namespace rarewood
