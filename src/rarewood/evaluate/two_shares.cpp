#include "rarewood/evaluate/two_shares.hpp"

#include <algorithm>
#include <cmath>

namespace rarewood {
namespace {

double log_choose(double n, double k) {
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}

constexpr double kNegligible = 1e-17;

}  // namespace

double p_of_more(const RowShare& before, const RowShare& after) {
  const auto n = static_cast<double>(before.n);
  const auto m = static_cast<double>(after.n);
  const auto all = static_cast<double>(before.k + after.k);
  auto k = static_cast<double>(after.k);
  if (k <= std::max(0.0, all - n)) return 1;  // fewer are impossible
  // Term by term upwards: the chance that k of the marked rows are among the m.
  double term = std::exp(log_choose(m, k) + log_choose(n, all - k) - log_choose(n + m, all));
  const double middle = all * m / (n + m);
  double sum = 0;
  for (const double most = std::min(m, all); k <= most; k += 1) {
    sum += term;
    term *= (m - k) * (all - k) / ((k + 1) * (n - all + k + 1));
    if (k > middle && term <= kNegligible * sum) break;
  }
  return std::min(1.0, sum);
}

double p_of_other(const RowShare& before, const RowShare& after) {
  const double more = p_of_more(before, after);
  const double less = p_of_more({before.n - before.k, before.n}, {after.n - after.k, after.n});
  return std::min(1.0, 2 * std::min(more, less));
}

}  // namespace rarewood
