#pragma once

#include <functional>
#include <memory>
#include <string>

#include "rarewood/base/control.hpp"
#include "rarewood/learn/learner.hpp"
#include "rarewood/learn/out_of_fold.hpp"
#include "rarewood/model/model.hpp"
#include "rarewood/resample/resampler.hpp"
#include "rarewood/workflow/train_options.hpp"

namespace rarewood {

/// The learner and resampler a run asks for, ready to use.
struct Method {
  std::string learner_title;  ///< "Random Forest"
  bool class_weights = false;
  std::string resampler_title;  ///< "SMOTE"
  bool resamples = false;
  /// Of a row, against a negative one; empty where the learner has no such number.
  std::function<double(const ClassWeightSums& sums)> positive_weight;
  std::unique_ptr<Learner> learner;
  std::unique_ptr<Resampler> resampler;
  std::vector<std::pair<std::string, std::string>> options;  ///< of both, name and value
};

/// \throws Error(usage) on unknown names, values out of range or contradictions
Method choose_method(const TrainOptions& options, RawOptions raw);

/// Members of the final ensemble, where those fitted on folds may have fewer
/// (docs/decision/out-of-fold.md); 0 for learners whose folds need all.
int ensemble_members(const std::string& learner, const RawOptions& raw);

}  // namespace rarewood
