#include "rarewood/evaluate/logistic_fit.hpp"

#include <algorithm>
#include <cmath>

namespace rarewood {
namespace {

constexpr std::size_t kMost = 3;  ///< intercept and two slopes
using Vector = std::array<double, kMost>;
using Matrix = std::array<Vector, kMost>;

/// Log-odds beyond this, either side, are what separation leads to, not data.
constexpr double kFarthest = 50;

struct Problem {
  std::vector<LogisticRow> rows;
  std::size_t size = 1;  ///< of the solution: intercept and slopes in use

  double log_odds(const LogisticRow& row, const Vector& at) const {
    return row.offset + at[0] + at[1] * row.x[0] + at[2] * row.x[1];
  }
};

/// The loss and its derivatives at one place.
struct Expansion {
  double loss = 0;
  Vector first{};
  Matrix second{};
};

/// One exponential serves loss and slopes: it is what a row costs.
Expansion expansion_at(const Problem& problem, const Vector& at) {
  Expansion sum;
  for (const LogisticRow& row : problem.rows) {
    const double f = problem.log_odds(row, at);
    const double tail = std::exp(-std::abs(f));
    const double p = (f >= 0 ? 1 : tail) / (1 + tail);
    sum.loss += row.rows * (std::max(f, 0.0) + std::log1p(tail)) - row.positives * f;
    const double g = row.rows * p - row.positives;
    const double h = row.rows * p * (1 - p);
    const Vector x{1, row.x[0], row.x[1]};
    for (std::size_t i = 0; i < problem.size; ++i) {
      sum.first[i] += g * x[i];
      for (std::size_t j = 0; j <= i; ++j) sum.second[i][j] += h * x[i] * x[j];
    }
  }
  return sum;
}

/// Lower triangle of a Cholesky decomposition; the diagonal is raised by its last bits, so that
/// columns that say the same leave a solution.
Matrix decomposed(Matrix a, std::size_t size) {
  for (std::size_t j = 0; j < size; ++j) {
    double rest = a[j][j] * (1 + 1e-12) + 1e-300;
    for (std::size_t k = 0; k < j; ++k) rest -= a[j][k] * a[j][k];
    a[j][j] = std::sqrt(std::max(rest, a[j][j] * 1e-14 + 1e-300));
    for (std::size_t i = j + 1; i < size; ++i) {
      for (std::size_t k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
      a[i][j] /= a[j][j];
    }
  }
  return a;
}

Vector solved(const Matrix& lower, Vector b, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= lower[i][k] * b[k];
    b[i] /= lower[i][i];
  }
  for (std::size_t i = size; i-- > 0;) {
    for (std::size_t k = i + 1; k < size; ++k) b[i] -= lower[k][i] * b[k];
    b[i] /= lower[i][i];
  }
  return b;
}

Vector stepped(const Vector& from, const Vector& step, double share) {
  Vector to = from;
  for (std::size_t i = 0; i < kMost; ++i) to[i] -= share * step[i];
  return to;
}

/// A step squares Newton's error: after one this small what is left is below a double's last bits.
bool hardly_moved(const Vector& from, const Vector& to) {
  for (std::size_t i = 0; i < kMost; ++i) {
    if (std::abs(to[i] - from[i]) >= 1e-7 * (1 + std::abs(to[i]))) return false;
  }
  return true;
}

struct Minimum {
  Vector at{};
  Matrix second{};  ///< derivatives there
};

Minimum minimum_of(const Problem& problem, Vector at) {
  Expansion here = expansion_at(problem, at);
  for (int round = 0; round < 100; ++round) {
    const Vector step = solved(decomposed(here.second, problem.size), here.first, problem.size);
    Vector next = stepped(at, step, 1);
    if (hardly_moved(at, next)) return {next, here.second};
    Expansion there = expansion_at(problem, next);
    for (double share = 0.5; !(there.loss <= here.loss) && share > 1e-10; share /= 2) {
      next = stepped(at, step, share);
      there = expansion_at(problem, next);
    }
    if (!(there.loss <= here.loss)) break;
    at = next;
    here = there;
  }
  return {at, here.second};
}

/// Neighbours in the list taken together, at their means: what a long list's search starts from.
Problem coarse(const Problem& problem, std::size_t size) {
  Problem few{{}, problem.size};
  for (std::size_t begin = 0; begin < problem.rows.size(); begin += size) {
    LogisticRow sum;
    const std::size_t end = std::min(begin + size, problem.rows.size());
    for (std::size_t i = begin; i < end; ++i) {
      const LogisticRow& row = problem.rows[i];
      for (std::size_t c = 0; c < 2; ++c) sum.x.at(c) += row.rows * row.x.at(c);
      sum.offset += row.rows * row.offset;
      sum.rows += row.rows;
      sum.positives += row.positives;
    }
    for (double& x : sum.x) x /= sum.rows;
    sum.offset /= sum.rows;
    few.rows.push_back(sum);
  }
  return few;
}

/// \param at  where to start
Minimum minimum_from_coarse(const Problem& problem, const Vector& at) {
  constexpr std::size_t kFew = 256;
  const std::size_t size = problem.rows.size() / kFew;
  if (size < 4) return minimum_of(problem, at);
  const Vector near = minimum_of(coarse(problem, size), at).at;
  const bool sound =
      std::all_of(near.begin(), near.end(), [](double each) { return std::abs(each) < kFarthest; });
  return minimum_of(problem, sound ? near : at);
}

/// Subtracts the means, so that intercept and slopes hardly depend on each other.
std::array<double, 2> centre(std::vector<LogisticRow>& rows) {
  std::array<double, 2> mean{};
  double all = 0;
  for (const LogisticRow& row : rows) all += row.rows;
  for (const LogisticRow& row : rows) {
    for (std::size_t i = 0; i < 2; ++i) mean.at(i) += row.x.at(i) * row.rows / all;
  }
  for (LogisticRow& row : rows) {
    for (std::size_t i = 0; i < 2; ++i) row.x.at(i) -= mean.at(i);
  }
  return mean;
}

/// Standard error of weights . solution.
double error_of(const Vector& weights, const Matrix& lower, std::size_t size) {
  const Vector half = solved(lower, weights, size);
  double variance = 0;
  for (std::size_t i = 0; i < size; ++i) variance += weights[i] * half[i];
  return std::sqrt(std::max(variance, 0.0));
}

}  // namespace

LogisticFit fit_logistic(std::vector<LogisticRow> rows, std::size_t slopes) {
  Problem problem{std::move(rows), slopes + 1};
  const std::array<double, 2> mean = centre(problem.rows);
  double all = 0;
  double positives = 0;
  double farthest = 0;
  for (const LogisticRow& row : problem.rows) {
    all += row.rows;
    positives += row.positives;
  }
  const bool offset = std::any_of(problem.rows.begin(), problem.rows.end(),
                                  [](const LogisticRow& row) { return row.offset != 0; });
  const double start = offset ? 0 : std::log(positives / (all - positives));
  const auto [at, second] = minimum_from_coarse(problem, {start, 0, 0});
  for (const LogisticRow& row : problem.rows) {
    farthest = std::max(farthest, std::abs(problem.log_odds(row, at) - row.offset));
  }
  const Matrix lower = decomposed(second, problem.size);
  LogisticFit fit;
  fit.intercept = at[0] - at[1] * mean[0] - at[2] * mean[1];
  fit.slope = {at[1], at[2]};
  fit.intercept_error =
      error_of({1, slopes > 0 ? -mean[0] : 0, slopes > 1 ? -mean[1] : 0}, lower, problem.size);
  if (slopes > 0) fit.slope_error[0] = error_of({0, 1, 0}, lower, problem.size);
  if (slopes > 1) fit.slope_error[1] = error_of({0, 0, 1}, lower, problem.size);
  fit.settled = std::isfinite(at[0]) && farthest < kFarthest;
  return fit;
}

}  // namespace rarewood
