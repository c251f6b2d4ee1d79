#pragma once

#include <memory>
#include <optional>
#include <string>

#include "rarewood/learn/early_stopping.hpp"
#include "rarewood/learn/learner.hpp"
#include "rarewood/option/option.hpp"

namespace rarewood {

/// Names and defaults of the library's scikit-learn interface.
struct XgboostOptions {
  int n_estimators = 100;
  int max_depth = 6;
  double learning_rate = 0.3;
  double min_child_weight = 1;
  double reg_lambda = 1;
  double reg_alpha = 0;
  double gamma = 0;
  int max_bin = 256;
  double colsample_bytree = 1;
  std::string scale_pos_weight = "1";
  std::optional<int> early_stopping_rounds;
  double validation_fraction = 0.1;
  EvalMetric eval_metric = EvalMetric::logloss;
};

const OptionTable<XgboostOptions>& xgboost_options();

/// Gradient boosting by XGBoost (histograms, logistic loss) on counted patterns: each pattern is
/// one row, its label the share of positive rows, weighing its count. Trees are summed; scores are
/// log-odds.
///
/// The same bytes for any number of threads where one thread is all that pays (threads_that_pay).
/// \throws Error(data) when the part lacks a class; Error(external) from the library;
///         Error(interrupted) between two rounds
Ensemble fit_xgboost(const FitPart& part, const XgboostOptions& options, const FitRequest& request,
                     const Control& control);

std::unique_ptr<Learner> make_xgboost(const RawOptions& raw);

}  // namespace rarewood
