#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "rarewood/learn/learner.hpp"
#include "rarewood/option/option.hpp"

namespace rarewood {

enum class ClassWeight { none, balanced };

/// What a class weight does to a bootstrap forest.
enum class WeightMeaning {
  draw,  ///< heavier rows are drawn more often (scikit-learn >= 1.9)
  split  ///< rows are drawn alike and weigh in impurity and leaf values (scikit-learn < 1.9)
};

struct ForestOptions {
  int n_estimators = 100;
  std::optional<int> max_depth;
  int min_samples_split = 2;
  int min_samples_leaf = 1;
  std::string max_features = "sqrt";
  bool bootstrap = true;
  ClassWeight class_weight = ClassWeight::none;
  WeightMeaning class_weight_as = WeightMeaning::draw;
};

const OptionTable<ForestOptions>& forest_options();

/// Random forest of binary trees grown on counted patterns.
///
/// Leaf values are probabilities, multiples of leaf_quantum(n_estimators).
/// \throws Error(data) when the part lacks a class; Error(interrupted)
/// \cost about patterns x sqrt(features) x depth steps a tree, whatever the number of rows
/// \source Breiman 2001; minimum-size rules and class weights as scikit-learn's.
Ensemble fit_forest(const FitPart& part, const ForestOptions& options, const FitRequest& request,
                    const Control& control);

std::unique_ptr<Learner> make_forest(const RawOptions& raw);

}  // namespace rarewood
