#pragma once

#include <memory>

#include "rarewood/learn/learner.hpp"
#include "rarewood/model/linear_model.hpp"

namespace rarewood {

enum class Penalty { l2, none };

/// Whether a row weighs the same in both classes, or the classes as wholes do.
enum class RowWeight { alike, balanced };

struct LogisticOptions {
  double C = 1;  // NOLINT(readability-identifier-naming): scikit-learn's name
  Penalty penalty = Penalty::l2;
  RowWeight class_weight = RowWeight::alike;
  int max_iter = 100;
  double tol = 1e-6;
};

const OptionTable<LogisticOptions>& logistic_options();

/// Logistic regression: minimises 0.5 |b|^2 + C sum_i w_i log(1 + exp(-y_i (b x_i + b0))), the
/// intercept b0 free, by Newton's method on counted patterns.
///
/// The penalty is on the weights of the columns as they are, as scikit-learn's; a category gives
/// one column a level, and one for missing; a missing number is the column's mean, and its being
/// missing a column of its own (docs/decision/linear.md).
/// \throws Error(data) when the part lacks a class, or needs more memory than allowed;
///         Error(interrupted)
/// \cost a step: patterns x columns^2 / 2 + columns^3 / 3; some ten steps
LinearModel fit_logistic(const FitPart& part, const LogisticOptions& options,
                         const FitRequest& request, const Control& control);

std::unique_ptr<Learner> make_logistic(const RawOptions& raw);

}  // namespace rarewood
