#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/feature/row_levels.hpp"
#include "rarewood/feature/training_table.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/report/run_record.hpp"
#include "rarewood/workflow/loading.hpp"
#include "rarewood/workflow/row_groups.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// When the row began, in that file.
inline constexpr const char* kUsualTime = "session_started_at";

/// `--by week` means the row's time, where no column is called so.
inline constexpr const char* kByTime = "week";

/// The test rows one by one, with what they are judged by beside their scores. Without rows where
/// nothing but features is known.
struct TestRows {
  std::vector<std::uint32_t> entry;    ///< [rows] of TestPart::counts(), ascending
  std::vector<std::uint8_t> positive;  ///< [rows]
  GroupFacts groups;
  std::vector<std::uint32_t> block;  ///< [rows]; empty where no group has two of them
  std::vector<RowLevels> levels;     ///< of columns that are no features
  RowLevels time;                    ///< without names where there are no times
  std::vector<PatternCount> active;  ///< rows active at the prediction point, by pattern
  EntryBlocks by_group;              ///< all rows; empty where they are independent
  EntryBlocks active_by_group;       ///< those of `active`
  /// Training rows, as OutOfFold::score() lists them; empty where they are independent.
  EntryBlocks training_by_group;
};

/// Times that are dates; null where there are none.
const RowKeys* known_times(const TrainingTable& table, const SplitOptions& split);

/// Rows are grouped as row_groups() says. Names the test part in the record, groups and the slice
/// of active rows, where there are any, and times "test_rows".
TestRows find_test_rows(const TrainingTable& table, const CountedTable& counted,
                        const TrainRequest& request, RunRecord& record, const Control& control);

}  // namespace rarewood
