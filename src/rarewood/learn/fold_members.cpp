#include "rarewood/learn/fold_members.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "rarewood/model/score.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kRows = 500;   // of a fold: enough for two variances to a few per cent
constexpr double kTolerated = 0.01;  // of the variance between rows

/// kRows entries at equal steps through all rows, an entry as often as steps fall on it.
std::vector<std::size_t> entries_of_rows(const std::vector<PatternCount>& counts) {
  std::uint64_t all = 0;
  for (const PatternCount& count : counts) all += count.rows();
  std::vector<std::size_t> entries;
  std::size_t entry = 0;
  std::uint64_t until = counts.front().rows();
  for (std::size_t i = 0; i < kRows; ++i) {
    const std::uint64_t row = all * (2 * i + 1) / (2 * kRows);
    while (until <= row) until += counts[++entry].rows();
    entries.push_back(entry);
  }
  return entries;
}

}  // namespace

ScoreSpread score_spread(const Ensemble& ensemble, const std::vector<const float*>& columns,
                         const std::vector<PatternCount>& counts) {
  const auto trees = static_cast<double>(ensemble.trees());
  std::vector<float> row(columns.size());
  double within = 0, sum = 0, squares = 0;
  for (const std::size_t entry : entries_of_rows(counts)) {
    for (std::size_t f = 0; f < columns.size(); ++f) row[f] = columns[f][entry];
    double mean = 0, of_squares = 0;
    for (const std::uint32_t root : ensemble.roots) {
      const double score = tree_answer(ensemble, root, row);
      mean += score / trees;
      of_squares += score * score / trees;
    }
    within += std::max(0.0, of_squares - mean * mean);
    sum += mean;
    squares += mean * mean;
  }
  constexpr auto kN = static_cast<double>(kRows);
  const double by_tree = within / kN * trees / (trees - 1);
  const double of_means = squares / kN - sum / kN * (sum / kN);
  return {by_tree, std::max(0.0, of_means - by_tree / trees)};
}

int members_for(const ScoreSpread& spread, int fewest, int all) {
  // by_tree / m <= by_tree / all + kTolerated * what all trees' scores vary by
  const double of_all = spread.by_tree / all;
  const double allowed = of_all + kTolerated * (spread.by_row + of_all);
  if (allowed <= 0) return std::min(fewest, all);
  return std::min(all, std::max(fewest, static_cast<int>(std::ceil(spread.by_tree / allowed))));
}

}  // namespace rarewood
