#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rarewood/learn/forest/split_search.hpp"
#include "rarewood/learn/learner.hpp"
#include "rarewood/option/option.hpp"
#include "rarewood/pattern/scores.hpp"

namespace rarewood {

/// What a class weight does to a bootstrap forest.
enum class WeightMeaning {
  draw,  ///< heavier rows are drawn more often (scikit-learn >= 1.9)
  split  ///< rows are drawn alike and weigh in impurity and leaf values (scikit-learn < 1.9)
};

struct ForestOptions {
  int n_estimators = 100;
  Criterion criterion = Criterion::gini;
  Splitter splitter = Splitter::best;
  std::optional<int> max_depth;
  std::optional<int> max_leaf_nodes;
  int min_samples_split = 2;
  int min_samples_leaf = 1;
  double min_impurity_decrease = 0;
  std::string max_features = "sqrt";
  bool bootstrap = true;
  std::string max_samples = "none";
  std::optional<double> bag_sampling_strategy;
  std::string class_weight = "none";
  WeightMeaning class_weight_as = WeightMeaning::draw;
  std::vector<std::string> monotonic_cst;
  bool oob_score = false;
};

const OptionTable<ForestOptions>& forest_options();

/// The validated options. \throws Error(usage) on a value out of range, on options that contradict
/// each other.
ForestOptions read_forest_options(const RawOptions& raw);

/// Random forest of binary trees grown on counted patterns.
///
/// Leaf values are probabilities, multiples of leaf_quantum(n_estimators).
/// \throws Error(data) when the part lacks a class; Error(usage) for a monotone constraint on what
///         is no number; Error(interrupted)
/// \cost about patterns x sqrt(features) x depth steps a tree, whatever the number of rows
/// \source Breiman 2001; Geurts et al. 2006 (splitter random); Chen et al. 2004
///         (bag_sampling_strategy); minimum-size rules and class weights as scikit-learn's.
Ensemble fit_forest(const FitPart& part, const ForestOptions& options, const FitRequest& request,
                    const Control& control);

/// Scores of the rows a forest was fitted on, by the trees that did not draw them: for each pattern
/// and class the mean over trees, weighted by the copies expected out of bag. In expectation over
/// draws these are the out-of-bag scores of drawing row by row.
///
/// For judging a forest, not for choosing a threshold: a plain list, never OofScores. The caller
/// sees to it that the part has no synthetic rows.
/// \param forest   what fit_forest made of the same part, options and request
/// \return one entry per pattern and class; rows in every bag are left out
/// \throws Error(usage) without a bootstrap
ScoreList out_of_bag_scores(const FitPart& part, const ForestOptions& options,
                            const FitRequest& request, const Ensemble& forest,
                            const Control& control);

std::unique_ptr<Learner> make_forest(const RawOptions& raw);

}  // namespace rarewood
