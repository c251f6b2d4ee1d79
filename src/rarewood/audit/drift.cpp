#include "rarewood/audit/drift.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "rarewood/audit/by_column.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/proportion.hpp"
#include "rarewood/evaluate/stability.hpp"

namespace rarewood {
namespace {

constexpr double kMoves = 0.1;

/// Rows of the column's groups by part: its bins, then values the training part has not seen.
struct Parts {
  std::vector<std::uint64_t> train;
  std::vector<std::uint64_t> test;

  /// Test rows in groups that the training part does not have.
  std::uint64_t unseen() const {
    std::uint64_t rows = test.back();
    for (std::size_t g = 0; g + 1 < test.size(); ++g) rows += train[g] == 0 ? test[g] : 0;
    return rows;
  }
};

/// The ends of some training rows' numbers, and how many rows lie there.
struct Ends {
  float low = std::numeric_limits<float>::infinity();
  float high = -std::numeric_limits<float>::infinity();
  std::uint64_t at_low = 0;
  std::uint64_t at_high = 0;

  void add(float value, std::uint64_t rows) {
    if (value < low) at_low = 0;
    if (value > high) at_high = 0;
    low = std::min(low, value);
    high = std::max(high, value);
    at_low += value == low ? rows : 0;
    at_high += value == high ? rows : 0;
  }
};

/// What numbers the training part has. Bins are cut from its rows, and a number that it lacks
/// would fall among its neighbours.
class SeenNumbers {
 public:
  SeenNumbers(const AuditedTable& table, const ColumnBins& bins) : of_bin_(bins.bins) {
    const auto column = table.cells.patterns->column(bins.feature);
    for (const Cell& cell : table.cells.cells) {
      const float value = column[cell.pattern];
      if (cell.fold == kTestFold || std::isnan(value)) continue;
      all_.add(value, cell.rows());
      of_bin_[bins.bin_of_pattern[cell.pattern]].add(value, cell.rows());
    }
  }

  /// Whether no training row has the number, where its bin is one number; lies beyond it, where
  /// numbers are many. A training row is asked what the others are: so both parts have as many such
  /// rows where nothing differs.
  bool is_new(float value, std::uint32_t bin, bool is_training) const {
    const std::uint64_t own = is_training ? 1 : 0;
    const Ends& here = of_bin_[bin];
    if (here.low >= here.high) return value != here.low || here.at_low == own;
    return value < all_.low || value > all_.high || (value == all_.low && all_.at_low == own) ||
           (value == all_.high && all_.at_high == own);
  }

 private:
  Ends all_;
  std::vector<Ends> of_bin_;
};

Parts parts_of(const AuditedTable& table, std::size_t feature) {
  const ColumnBins& bins = table.bins[feature];
  const Patterns& patterns = *table.cells.patterns;
  const bool numbers = patterns.category_counts[feature] == 0;  // categories have a bin each
  const SeenNumbers seen(table, bins);
  Parts parts{std::vector<std::uint64_t>(bins.bins + 1), std::vector<std::uint64_t>(bins.bins + 1)};
  for (const Cell& cell : table.cells.cells) {
    const bool is_training = cell.fold != kTestFold;
    const std::uint32_t bin = bins.bin_of_pattern[cell.pattern];
    const float value = patterns.value(cell.pattern, feature);
    const bool is_new = numbers && !std::isnan(value) && seen.is_new(value, bin, is_training);
    (is_training ? parts.train : parts.test)[is_new ? bins.bins : bin] += cell.rows();
  }
  return parts;
}

std::uint64_t rows_of(const std::vector<std::uint64_t>& groups) {
  return std::accumulate(groups.begin(), groups.end(), std::uint64_t{0});
}

/// Mean and mean square of the gradient, for the variance of one side.
double variance(const std::vector<double>& shares, const std::vector<double>& gradient,
                double rows) {
  double mean = 0;
  double square = 0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    mean += shares[i] * gradient[i];
    square += shares[i] * gradient[i] * gradient[i];
  }
  return std::max(0.0, square - mean * mean) / rows;
}

}  // namespace

Shift shift_of(const std::vector<std::uint64_t>& before, const std::vector<std::uint64_t>& after,
               std::size_t tries, const DesignEffects& effects) {
  const Stability stability = population_stability(before, after, effects);
  if (stability.groups < 2) return {};
  const auto [n, m, p, q] = smoothed_shares(before, after, effects);
  std::vector<double> of_p, of_q;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const double log_ratio = std::log(p[i] / q[i]);
    of_p.push_back(log_ratio + 1 - q[i] / p[i]);
    of_q.push_back(-log_ratio + 1 - p[i] / q[i]);
  }
  const double index = stability.index - stability.by_chance;
  const double error = std::sqrt(variance(p, of_p, n) + variance(q, of_q, m));
  return {index,
          {index - kNormal95 * error, index + kNormal95 * error},
          index - simultaneous_z(tries) * error};
}

std::vector<Finding> find_drift(const AuditedTable& table, const Control& control) {
  return by_column(control, table.bins.size(), [&](std::size_t f) -> std::optional<Finding> {
    const Parts parts = parts_of(table, f);
    const Shift shift = shift_of(parts.train, parts.test, table.bins.size());
    if (shift.low < kMoves) return std::nullopt;
    Finding finding =
        begin_finding(FindingLevel::note, "drift", "L3.3", table.schema.features[f].name);
    finding.what = finding.column + " is another in the test part";
    finding.measure = "population_stability_index";
    finding.value = shift.index;
    finding.interval = shift.interval;
    finding.evidence = fmt::format(
        "Training and test part differ in {} by a population stability index of {} (95 % interval "
        "{} to {}; 0.1 is called moderate, 0.25 large).",
        finding.column, fixed(shift.index, 2), fixed(shift.interval.low, 2),
        fixed(shift.interval.high, 2));
    const std::uint64_t unseen = parts.unseen();
    if (unseen > 0) {
      finding.evidence +=
          fmt::format(" {} of {} test rows have a value that training has not seen.",
                      thousands(unseen), thousands(rows_of(parts.test)));
    }
    finding.remedy = "Ask what changed, and watch this column when the model is in use.";
    return finding;
  });
}

}  // namespace rarewood
