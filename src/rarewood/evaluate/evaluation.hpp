#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/evaluate/comparison.hpp"
#include "rarewood/evaluate/contestant.hpp"
#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/evaluate/metrics.hpp"

namespace rarewood {

/// All that is known of a model from the rows it was judged on.
struct Evaluation {
  ClassTotals totals;
  Metrics metrics;
  std::map<std::string, double> by_name;         ///< the metrics, and the figure of the rule
  std::map<std::string, Interval> intervals;     ///< by metric, 95 %; see metric_intervals()
  std::map<std::string, double> design_effects;  ///< by metric; empty where rows are independent
  Confusion confusion;
  std::string report;  ///< scikit-learn's classification report
  std::vector<Baseline> baselines;
  std::vector<Comparison> comparisons;  ///< with the baselines, in their order
  std::string verdict;                  ///< is it better than they are
  std::vector<std::string> warnings;
};

/// Judge the model, and its rivals on the same rows; where the model's entries have blocks, by
/// whole blocks.
/// \param labels  the classes' names in the report: negative, positive
/// \param rule    how thresholds were chosen: its figure is what the verdict is about
/// \throws Error(bug) if the contestants were not judged on the same rows
Evaluation evaluate(const Contestant& model, const std::vector<Contestant>& rivals,
                    const std::array<std::string, 2>& labels, const ThresholdRule& rule,
                    const Control& control);

}  // namespace rarewood
