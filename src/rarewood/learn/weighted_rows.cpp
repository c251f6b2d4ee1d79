#include "rarewood/learn/weighted_rows.hpp"

namespace rarewood {
namespace {

/// Values below which a second thread costs more than it brings (docs/decision/boosters.md).
constexpr std::size_t kSmallTable = 1'000'000;

void add_row(WeightedRows& rows, const Patterns& patterns, const PatternCount& count,
             bool positive) {
  const std::uint32_t copies = positive ? count.n1 : count.n0;
  if (copies == 0) return;
  for (std::size_t f = 0; f < rows.features; ++f) {
    rows.values.push_back(patterns.value(count.pattern, f));
  }
  rows.labels.push_back(positive ? 1 : 0);
  rows.weights.push_back(static_cast<float>(copies) * count.weight);
}

}  // namespace

WeightedRows weighted_rows(const Patterns& patterns, const std::vector<PatternCount>& counts) {
  std::size_t rows = 0;
  for (const PatternCount& count : counts) rows += (count.n0 > 0 ? 1U : 0U) + (count.n1 > 0);
  WeightedRows made{patterns.features(), {}, {}, {}};
  made.values.reserve(rows * made.features);
  made.labels.reserve(rows);
  made.weights.reserve(rows);
  for (const PatternCount& count : counts) {
    add_row(made, patterns, count, false);
    add_row(made, patterns, count, true);
  }
  return made;
}

void check_both_classes(const FitPart& part, const std::string& title) {
  const ClassTotals totals = part.totals();
  if (totals.n0 == 0 || totals.n1 == 0) {
    throw Error(ErrorKind::data,
                "All rows to learn from are of one class; " + title + " needs both.");
  }
}

int threads_that_pay(const WeightedRows& rows, const Control& control) {
  return rows.values.size() < kSmallTable ? 1 : control.threads;
}

}  // namespace rarewood
