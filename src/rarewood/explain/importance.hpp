#pragma once

#include <string>
#include <vector>

#include "rarewood/feature/schema.hpp"
#include "rarewood/model/predictor.hpp"

namespace rarewood {

struct FeatureImportance {
  std::string feature;
  double importance = 0;  ///< a share; all sum to 1
};

/// How much each feature's splits lower the Gini impurity: scikit-learn's feature_importances_.
///
/// It is worked out from the covers and the leaf values, in the measure the covers are in (rows of
/// the bag times class weight). Each tree counts alike; trees without a split do not count. Of
/// summed trees, whose covers are hessians, it is the boosters' total gain: the loss that the
/// splits saved, less what the penalties took; each tree counts as much as it saved.
/// \return one entry a feature, most important first, of equal ones the first column first; all 0
///         where no tree splits
/// \source Breiman et al. 1984; Louppe 2014, section 6.2
std::vector<FeatureImportance> impurity_importance(const Ensemble& ensemble,
                                                   const FeatureSchema& schema);

/// How far each feature's term moves the log-odds: its standard deviation over the rows learned
/// from, as a share of all terms'. For a number that is |weight| x standard deviation.
/// \return as impurity_importance; all 0 where every weight is
std::vector<FeatureImportance> term_importance(const LinearModel& model,
                                               const FeatureSchema& schema);

/// The importance that suits the predictor.
std::vector<FeatureImportance> feature_importance(const Predictor& predictor,
                                                  const FeatureSchema& schema);

/// What its numbers are, for headings: "share of impurity decrease".
std::string importance_measure(const Predictor& predictor);

}  // namespace rarewood
