#include "rarewood/workflow/capacity.hpp"

#include <algorithm>
#include <cmath>

#include "rarewood/base/text.hpp"
#include "rarewood/report/warn.hpp"
#include "rarewood/workflow/test_rows.hpp"

namespace rarewood {
namespace {

constexpr std::int64_t kDay = 86400;
constexpr double kTolerated = 0.1;

/// From the first test row to the last; of dates, both days counted.
double tested_days(const RowKeys& times, const std::vector<std::uint32_t>& folds) {
  std::vector<std::int64_t> tested;
  for (std::size_t row = 0; row < folds.size(); ++row) {
    if (folds[row] == kTestFold) tested.push_back(times.values[row]);
  }
  const auto [first, last] = std::ranges::minmax(tested);
  const bool dates = std::ranges::all_of(tested, [](auto time) { return time % kDay == 0; });
  const auto days = static_cast<double>(last - first) / static_cast<double>(kDay);
  return std::max(days + (dates ? 1 : 0), 1.0);
}

}  // namespace

void check_capacity(const TrainingTable& table, const CountedTable& counted,
                    const TrainRequest& request, RunRecord& record) {
  const ThresholdRule asked = decision_plan(request.decision).rule;
  const RowKeys* times = known_times(table, request.split);
  const bool whole_days = request.split.split == SplitKind::time && times != nullptr;
  if (asked.kind != ThresholdRule::Kind::per_day || !whole_days) return;
  const std::uint64_t flagged = record.confusion.false_positive + record.confusion.true_positive;
  const double a_day = static_cast<double>(flagged) / tested_days(*times, counted.row_folds);
  if (std::abs(a_day - asked.value) <= kTolerated * asked.value) return;
  warn(record.warnings, "On the days tested " + fixed(a_day, 1) + " rows a day are flagged, not " +
                            shortest(asked.value) +
                            ": the threshold comes from earlier days, whose rows were " +
                            (a_day > asked.value ? "fewer or less likely" : "more or likelier") +
                            ". To keep a number a day, take the likeliest of each day.");
}

}  // namespace rarewood
