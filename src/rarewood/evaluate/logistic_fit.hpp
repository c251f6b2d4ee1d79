#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace rarewood {

/// Rows that are alike: what is known of them, and how many are positive.
struct LogisticRow {
  std::array<double, 2> x{};
  double offset = 0;  ///< added to the log-odds as it is
  double rows = 0;
  double positives = 0;  ///< of them; smoothed targets make it a fraction
};

/// log-odds = offset + intercept + slope[0] * x[0] + slope[1] * x[1]
struct LogisticFit {
  double intercept = 0;
  std::array<double, 2> slope{};
  double intercept_error = 0;  ///< standard errors, from the information at the solution
  std::array<double, 2> slope_error{};
  bool settled = false;  ///< false where the likelihood has no maximum: perfect separation
};

/// Maximum likelihood by Newton's method, a step that does not lower the loss halved.
/// \param slopes  how many of the x are used: 0, 1 or 2; the slopes of others are 0
/// \param rows    rows of both classes
LogisticFit fit_logistic(std::vector<LogisticRow> rows, std::size_t slopes);

}  // namespace rarewood
