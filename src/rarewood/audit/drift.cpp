#include "rarewood/audit/drift.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "rarewood/audit/by_column.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/evaluate/proportion.hpp"

namespace rarewood {
namespace {

constexpr double kMoves = 0.1;
struct Parts {
  std::vector<std::uint64_t> train;
  std::vector<std::uint64_t> test;
};

/// Rows of the column's bins by part.
Parts parts_of(const AuditedTable& table, std::size_t feature) {
  const ColumnBins& bins = table.bins[feature];
  Parts parts{std::vector<std::uint64_t>(bins.bins), std::vector<std::uint64_t>(bins.bins)};
  for (const Cell& cell : table.cells.cells) {
    auto& to = cell.fold == kTestFold ? parts.test : parts.train;
    to[bins.bin_of_pattern[cell.pattern]] += std::uint64_t{cell.n0} + cell.n1;
  }
  return parts;
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
               std::size_t tries) {
  double n = 0;
  double m = 0;
  std::size_t groups = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] + after[i] == 0) continue;
    n += static_cast<double>(before[i]) + 0.5;
    m += static_cast<double>(after[i]) + 0.5;
    ++groups;
  }
  if (groups < 2) return {};
  std::vector<double> p, q, of_p, of_q;
  double index = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] + after[i] == 0) continue;
    p.push_back((static_cast<double>(before[i]) + 0.5) / n);
    q.push_back((static_cast<double>(after[i]) + 0.5) / m);
    const double log_ratio = std::log(p.back() / q.back());
    index += (p.back() - q.back()) * log_ratio;
    of_p.push_back(log_ratio + 1 - q.back() / p.back());
    of_q.push_back(-log_ratio + 1 - p.back() / q.back());
  }
  index -= static_cast<double>(groups - 1) * (1 / n + 1 / m);
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
    finding.remedy = "Ask what changed, and watch this column when the model is in use.";
    return finding;
  });
}

}  // namespace rarewood
