#pragma once

#include <memory>
#include <optional>
#include <string>

#include "rarewood/learn/early_stopping.hpp"
#include "rarewood/learn/learner.hpp"
#include "rarewood/option/option.hpp"

namespace rarewood {

/// Names and defaults of the library's scikit-learn interface.
struct LightgbmOptions {
  int n_estimators = 100;
  int num_leaves = 31;
  std::optional<int> max_depth;
  double learning_rate = 0.1;
  int min_child_samples = 20;
  double min_child_weight = 1e-3;
  double min_split_gain = 0;
  double reg_lambda = 0;
  double reg_alpha = 0;
  int max_bin = 255;
  double colsample_bytree = 1;
  std::string scale_pos_weight = "1";
  std::optional<int> early_stopping_rounds;
  double validation_fraction = 0.1;
  EvalMetric eval_metric = EvalMetric::logloss;
};

const OptionTable<LightgbmOptions>& lightgbm_options();

/// Gradient boosting by LightGBM (leaf-wise, logistic loss) on counted patterns: each pattern is
/// one row, its label the share of positive rows, weighing its count. Trees are summed; scores are
/// log-odds.
///
/// LightGBM counts rows, not weights, so its rules of minimum size are put into hessian sums
/// (docs/decision/boosters.md). The same bytes for any number of threads, as it promises itself.
/// \throws Error(data) when the part lacks a class; Error(external) from the library;
///         Error(interrupted) between two rounds
Ensemble fit_lightgbm(const FitPart& part, const LightgbmOptions& options,
                      const FitRequest& request, const Control& control);

std::unique_ptr<Learner> make_lightgbm(const RawOptions& raw);

}  // namespace rarewood
