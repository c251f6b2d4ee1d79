#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/store/object_store.hpp"
#include "rarewood/table/table_options.hpp"

namespace rarewood {

/// A column of a table that should hold a feature.
struct CheckedColumn {
  bool present = false;
  std::string problem;        ///< why it does not hold the feature, a sentence; "" = it does
  std::vector<float> values;  ///< [rows] as in Columns; empty where there is a problem
  std::uint64_t unseen = 0;   ///< categories that training never saw, NaN among the values
};

/// Rows by the labels of a target.
struct LabelCounts {
  std::uint64_t negative = 0;
  std::uint64_t positive = 0;
  std::uint64_t missing = 0;
  std::uint64_t other = 0;    ///< rows of a label that is neither
  std::string other_example;  ///< one such label

  std::uint64_t known() const { return negative + positive; }
};

/// A table held against a schema; nothing that is wrong with it throws.
struct CheckedTable {
  std::string name;  ///< path or URI
  std::uint64_t rows = 0;
  std::string prediction_point;        ///< "" where the table does not say
  std::vector<CheckedColumn> columns;  ///< [features]
  std::optional<LabelCounts> labels;   ///< where the table has the target
};

/// Read the columns of a schema, and its target if it is there.
/// \throws Error(external) or Error(data) only for what is no table at all
CheckedTable read_checked_table(const ObjectStore& store, const std::string& key,
                                const FeatureSchema& schema, const TableOptions& options,
                                const Control& control);

}  // namespace rarewood
