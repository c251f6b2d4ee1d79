#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include "rarewood/base/control.hpp"
#include "rarewood/learn/linear/design.hpp"

namespace rarewood {

/// What is minimised: the mean weighted log loss, and half of sum_j penalty_j coefficient_j^2.
struct LogisticProblem {
  const Design& design;
  Eigen::VectorXd penalty;  ///< [columns] of the mean loss; 0 for the intercept
};

struct NewtonRule {
  int max_iter = 100;
  double tol = 1e-6;  ///< done when no coefficient moves by more, in log-odds
};

struct NewtonResult {
  Eigen::VectorXd coefficients;  ///< [columns], of the standardised columns; always finite
  bool settled = false;          ///< else max_iter was reached
  bool separates = false;        ///< every positive row scores above every negative one
};

/// Newton's method with step halving. Sums are taken in an order that the design alone decides, so
/// the bytes are the same for any number of threads.
/// \throws Error(interrupted)
NewtonResult minimise(const LogisticProblem& problem, const NewtonRule& rule,
                      const Control& control);

/// What minimise takes beside the design, in bytes.
std::uint64_t newton_bytes(const Design& design);

}  // namespace rarewood
