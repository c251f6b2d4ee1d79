#include "rarewood/model/linear_scorer.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/parallel.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kBlockRows = 4096;

double steps(double summand) { return std::nearbyint(summand * kStepsPerUnit); }

void add_number(const LinearTerm& term, const float* values, std::vector<double>& sums) {
  const double missing = steps(term.missing);
  for (std::size_t r = 0; r < sums.size(); ++r) {
    const double value = static_cast<double>(values[r]);
    sums[r] += std::isnan(value) ? missing : steps(value * term.weight);
  }
}

void add_category(const LinearTerm& term, const float* values, std::vector<double>& sums) {
  const double missing = steps(term.missing);
  std::vector<double> by_category;
  for (const double summand : term.by_category) by_category.push_back(steps(summand));
  for (std::size_t r = 0; r < sums.size(); ++r) {
    sums[r] += std::isnan(values[r]) ? missing : by_category[static_cast<std::size_t>(values[r])];
  }
}

}  // namespace

std::vector<float> linear_scores(const LinearModel& model, const std::vector<const float*>& values,
                                 std::size_t rows, const Control& control) {
  std::vector<float> result(rows);
  parallel_for(control, (rows + kBlockRows - 1) / kBlockRows, [&](std::size_t block) {
    const std::size_t begin = block * kBlockRows;
    std::vector<double> sums(std::min(kBlockRows, rows - begin), steps(model.intercept));
    for (std::size_t f = 0; f < values.size(); ++f) {
      const LinearTerm& term = model.terms[f];
      const auto add = term.by_category.empty() ? add_number : add_category;
      add(term, values[f] + begin, sums);
    }
    for (std::size_t r = 0; r < sums.size(); ++r) {
      const double log_odds = sums[r] / kStepsPerUnit;
      result[begin + r] =
          static_cast<float>(std::clamp(log_odds, -kFarthestLogOdds, kFarthestLogOdds));
    }
  });
  return result;
}

}  // namespace rarewood
