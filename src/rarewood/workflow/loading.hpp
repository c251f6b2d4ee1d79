#pragma once

#include "rarewood/feature/training_table.hpp"
#include "rarewood/pattern/cells.hpp"
#include "rarewood/pattern/parts.hpp"
#include "rarewood/report/run_record.hpp"
#include "rarewood/store/location.hpp"
#include "rarewood/workflow/train.hpp"

namespace rarewood {

/// A table read, counted and cut.
struct CountedTable {
  FeatureSchema schema;
  CellTable cells;                       ///< test part and folds marked
  std::uint32_t folds = 0;               ///< of the training part
  std::vector<std::uint32_t> row_folds;  ///< [rows]; empty where parts are drawn on counts
  std::vector<std::uint32_t> pattern;    ///< [rows]
};

/// The table that was named, or the store's own if `table` is "".
/// \throws Error(external) if the store has none
ObjectPlace training_place(const std::string& table, const StoreOptions& store,
                           const Control& control);

/// The key column that decides the split; null where none does.
const RowKeys* deciding_keys(const TrainingTable& table, const SplitOptions& split);

/// When the rows were: the time column, or prediction_time of the store's own table; null where
/// neither is there or it is text.
const RowKeys* row_times(const TrainingTable& table, const SplitOptions& split);

/// Seconds that pass until a row's outcome is known, by --time-gap.
/// \throws Error(usage) if that is no duration
std::int64_t time_gap(const TrainingTable& table, const SplitOptions& split);

/// What is known of a table as it was read; nothing is split yet.
DataFacts facts_of(const TrainingTable& table);

/// Read and encode the table; fills record.data and warnings, times "load", says the banner and the
/// blocks "Loading" and "Loaded".
TrainingTable load_table(const TrainRequest& request, RunRecord& record, const Say& say,
                         const Control& control);

/// Count the table and choose test part and folds; fills record.data, times "count" and "split",
/// says the block "Splitting".
CountedTable split_table(const TrainingTable& table, const TrainRequest& request, RunRecord& record,
                         const Say& say, const Control& control);

}  // namespace rarewood
