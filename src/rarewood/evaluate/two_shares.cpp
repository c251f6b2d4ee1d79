#include "rarewood/evaluate/two_shares.hpp"

#include <algorithm>
#include <cmath>

namespace rarewood {
namespace {

double log_choose(double n, double k) {
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}

constexpr double kNegligible = 1e-17;

/// Of `all` marked rows among n + m, how many are among the m.
struct Marked {
  double n = 0;
  double m = 0;
  double all = 0;

  double chance_of(double k) const {
    return std::exp(log_choose(m, k) + log_choose(n, all - k) - log_choose(n + m, all));
  }
  /// At least k, for a k above the most likely number: terms only fall.
  double at_least(double k) const {
    double sum = 0;
    double term = chance_of(k);
    for (const double most = std::min(m, all); k <= most && term > kNegligible * sum; k += 1) {
      sum += term;
      term *= (m - k) * (all - k) / ((k + 1) * (n - all + k + 1));
    }
    return sum;
  }
  /// At most k, for a k below it.
  double at_most(double k) const {
    double sum = 0;
    double term = chance_of(k);
    const double least = std::max(0.0, all - n);
    for (; k >= least && term > kNegligible * sum; k -= 1) {
      sum += term;
      term *= k * (n - all + k) / ((m - k + 1) * (all - k + 1));
    }
    return sum;
  }
};

}  // namespace

double p_of_more(const RowShare& before, const RowShare& after) {
  const Marked marked{static_cast<double>(before.n), static_cast<double>(after.n),
                      static_cast<double>(before.k + after.k)};
  const auto k = static_cast<double>(after.k);
  if (k <= std::max(0.0, marked.all - marked.n)) return 1;  // fewer are impossible
  // The tail without the most likely number: its terms fall from the first on, which may be 0.
  const double middle = marked.all * marked.m / (marked.n + marked.m);
  return std::min(1.0, k > middle ? marked.at_least(k) : 1 - marked.at_most(k - 1));
}

double p_of_other(const RowShare& before, const RowShare& after) {
  const double more = p_of_more(before, after);
  const double less = p_of_more({before.n - before.k, before.n}, {after.n - after.k, after.n});
  return std::min(1.0, 2 * std::min(more, less));
}

}  // namespace rarewood
