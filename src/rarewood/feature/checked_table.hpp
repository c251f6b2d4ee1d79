#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/row_keys.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/store/object_store.hpp"
#include "rarewood/table/table_options.hpp"

namespace rarewood {

/// A column of a table that should hold a feature.
struct CheckedColumn {
  bool present = false;
  std::string problem;        ///< why it does not hold the feature, a sentence; "" = it does
  std::vector<float> values;  ///< [rows] as in Columns; empty where there is a problem
  /// Rows of a category that training never saw, ascending; NaN among the values.
  std::vector<std::uint32_t> unseen;
};

/// A row whose label is missing or neither of the two.
inline constexpr std::uint32_t kNoLabel = 0xFFFFFFFF;

/// Whose rows go together is read from a column of the table, else of the keys file beside it.
struct GroupColumn {
  std::string name;       ///< "" = rows are independent
  bool is_asked = false;  ///< it must be there
};

/// Rows by the labels of a target.
struct LabelCounts {
  std::uint64_t negative = 0;
  std::uint64_t positive = 0;
  std::uint64_t missing = 0;
  std::uint64_t other = 0;                  ///< rows of a label that is neither
  std::string other_example;                ///< one such label
  std::vector<std::uint32_t> of_rows = {};  ///< [rows] 0, 1 or kNoLabel; empty unless grouped

  std::uint64_t known() const { return negative + positive; }
};

/// A table held against a schema; nothing that is wrong with it throws.
struct CheckedTable {
  std::string name;  ///< path or URI
  std::uint64_t rows = 0;
  std::string prediction_point;        ///< "" where the table does not say
  std::vector<CheckedColumn> columns;  ///< [features]
  std::optional<LabelCounts> labels;   ///< where the table has the target
  std::optional<RowKeys> group;        ///< whose rows go together, where that is there
  std::string group_problem;           ///< why not, a sentence's end; "" = no such column
};

struct CheckedTableRequest {
  const FeatureSchema& schema;
  GroupColumn group;
  TableOptions text;
};

/// Read the columns of a schema, and its target if it is there.
/// \throws Error(external) or Error(data) only for what is no table at all, or lacks the group
///         column that was asked for
CheckedTable read_checked_table(const ObjectStore& store, const std::string& key,
                                const CheckedTableRequest& request, const Control& control);

}  // namespace rarewood
