#pragma once

#include <string>
#include <vector>

#include "rarewood/evaluate/decision_options.hpp"
#include "rarewood/option/option.hpp"

namespace rarewood {

/// Columns that `score` writes: what a model says of a row, and what it decides.
inline constexpr const char* kScoredProbability = "probability";
inline constexpr const char* kScoredLabel = "label";

/// Where predicted positive begins where nothing says so.
inline constexpr const char* kUsualThreshold = "0.5";

/// What a table of scores holds, and how it is judged. Group "evaluate".
struct EvaluateOptions : ErrorCosts {
  std::string table;                                   ///< path or URI
  std::string label;                                   ///< column
  std::string positive;                                ///< "" = 1, true or yes
  std::vector<std::string> score{kScoredProbability};  ///< columns; the first is judged
  std::string scale = "probability";
  std::string threshold;  ///< "" = the labels that stand beside the scores, else 0.5
  std::string group;
  std::string time;
  std::vector<std::string> by;
  std::string json;
};

const OptionTable<EvaluateOptions>& evaluate_options();

/// What the verdict is about: cost where costs are given, else F1.
/// \throws Error(usage) for costs that do not suffice
ThresholdRule judged_rule(const EvaluateOptions& options);

}  // namespace rarewood
