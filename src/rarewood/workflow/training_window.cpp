#include "rarewood/workflow/training_window.hpp"

#include <algorithm>

#include "rarewood/workflow/test_rows.hpp"

namespace rarewood {
namespace {

const RowKeys* began(const TrainingTable& table, const SplitOptions& split) {
  if (!split.time_column.empty()) return known_times(table, split);
  SplitOptions by_start;
  by_start.time_column = kUsualTime;
  const RowKeys* times = known_times(table, by_start);
  return times == nullptr ? known_times(table, split) : times;
}

}  // namespace

std::optional<TrainingWindow> training_window(const TrainingTable& table,
                                              const CountedTable& counted,
                                              const SplitOptions& split) {
  const RowKeys* times = began(table, split);
  if (times == nullptr) return std::nullopt;
  const bool cut = split.split == SplitKind::time;
  TrainingWindow window{times->name, 0};
  for (std::size_t row = 0; row < times->values.size(); ++row) {
    const bool learnt = !cut || counted.row_folds[row] == 0;
    if (learnt) window.until = std::max(window.until, times->values[row]);
  }
  return window;
}

}  // namespace rarewood
