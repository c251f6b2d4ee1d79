#include "rarewood/learn/weighted_rows.hpp"

#include <algorithm>

#include "rarewood/base/error.hpp"
#include "rarewood/base/process.hpp"

namespace rarewood {
namespace {

/// Values below which a second thread costs more than it brings (docs/decision/boosters.md).
constexpr std::size_t kSmallTable = 1'000'000;

/// A row without weight is left out: it teaches nothing.
void add_row(WeightedRows& rows, const Patterns& patterns, std::size_t pattern, double negative,
             double positive) {
  const double weight = negative + positive;
  if (weight == 0) return;
  for (std::size_t f = 0; f < rows.features; ++f) {
    rows.values.push_back(patterns.value(pattern, f));
  }
  rows.labels.push_back(static_cast<float>(positive / weight));
  rows.weights.push_back(static_cast<float>(weight));
}

}  // namespace

WeightedRows rows_by_pattern(const Patterns& patterns, const std::vector<PatternCount>& counts,
                             double positive_weight) {
  WeightedRows rows{patterns.features(), {}, {}, {}};
  rows.values.reserve(counts.size() * rows.features);
  for (std::size_t i = 0; i < counts.size();) {
    const std::uint32_t pattern = counts[i].pattern;
    ClassWeightSums sums;
    for (; i < counts.size() && counts[i].pattern == pattern; ++i) {
      sums.w0 += counts[i].n0 * static_cast<double>(counts[i].weight);
      sums.w1 += counts[i].n1 * static_cast<double>(counts[i].weight);
    }
    add_row(rows, patterns, pattern, sums.w0, positive_weight * sums.w1);
  }
  return rows;
}

WeightedRows rows_by_class(const Patterns& patterns, const std::vector<PatternCount>& counts) {
  WeightedRows rows{patterns.features(), {}, {}, {}};
  for (const PatternCount& count : counts) {
    const auto weight = static_cast<double>(count.weight);
    add_row(rows, patterns, count.pattern, count.n0 * weight, 0);
    add_row(rows, patterns, count.pattern, 0, count.n1 * weight);
  }
  return rows;
}

void check_both_classes(const FitPart& part, const std::string& title) {
  const ClassWeightSums sums = class_weight_sums(part.counts());
  if (sums.w0 == 0 || sums.w1 == 0) {
    throw Error(ErrorKind::data, "All rows to learn from that weigh anything are of one class; " +
                                     title + " needs both.");
  }
}

int threads_that_pay(const WeightedRows& rows, const Control& control) {
  if (rows.values.size() < kSmallTable) return 1;
  return std::min(control.threads, available_cores());
}

}  // namespace rarewood
