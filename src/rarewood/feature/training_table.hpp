#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/column_note.hpp"
#include "rarewood/feature/feature_options.hpp"
#include "rarewood/feature/row_keys.hpp"
#include "rarewood/feature/row_levels.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/store/object_store.hpp"
#include "rarewood/table/table_options.hpp"

namespace rarewood {

/// How a training table is read.
struct TrainingRequest {
  FeatureOptions features;
  TableOptions table;
  /// Refuse an excluded name that is no column; a configuration file may serve several tables.
  bool exclude_must_exist = false;
  bool available_must_exist = false;  ///< the same of a column of `available_at`
  /// Columns by which rows are split or grouped: no features unless included. Taken from the table
  /// or from the keys file beside it (training_data.keys.parquet).
  std::vector<std::string> keys;
  /// Columns of each row's cost of an error; no features unless included. "" = none.
  std::string false_positive_cost = {};
  std::string false_negative_cost = {};
  /// Further columns of the keys file, read where there is one beside a table that names its
  /// prediction point.
  std::vector<std::string> keys_if_there = {};
  /// The same, only where that point lies within the session.
  std::vector<std::string> keys_at_a_point = {};
  /// Columns by whose levels results are broken down; of the table or the keys file. What is in
  /// neither, or is a feature, is not among the levels read.
  std::vector<std::string> levels = {};
};

/// All that training reads of a table.
struct TrainingTable {
  std::string name;  ///< path or URI
  FeatureSchema schema;
  Columns columns;
  std::vector<std::uint8_t> labels;  ///< [rows] 1 = positive
  std::vector<float> weights;        ///< [rows]; empty: every row weighs 1
  std::vector<double> costs;         ///< [rows] see costs_of_errors(); empty: none has its own
  std::vector<RowKeys> keys;         ///< as requested, then those that were there
  std::vector<RowLevels> levels;     ///< of columns that are no features, as asked for
  std::vector<ColumnNote> notes;     ///< of every column, in the table's order
  std::vector<std::string> warnings;
  std::map<std::string, std::string> metadata;  ///< of the file: "rarewood.simulated" -> "true"
};

/// Read, judge and encode a training table in one pass, columns in parallel.
///
/// Whoever wrote the table may name columns that are no features (metadata rarewood.not_features).
/// \throws Error(data) for a target that is missing, incomplete, or not of two values, a feature
///         that is infinite, no rows, no feature left, a keys file that does not match;
///         Error(usage) for options that name no column or contradict each other.
TrainingTable load_training_table(const ObjectStore& store, const std::string& key,
                                  const TrainingRequest& request, const Control& control);

/// A column of the table's keys; null where they do not have it.
const RowKeys* find_keys(const TrainingTable& table, const std::string& name);

/// "processed-data/training_data.parquet" -> "processed-data/training_data.keys.parquet"
std::string keys_file_of(const std::string& key);

}  // namespace rarewood
