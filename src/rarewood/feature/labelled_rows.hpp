#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/row_keys.hpp"
#include "rarewood/feature/schema.hpp"
#include "rarewood/feature/target.hpp"
#include "rarewood/store/object_store.hpp"
#include "rarewood/table/table_options.hpp"

namespace rarewood {

/// Which rows models are judged on.
struct LabelledRowsRequest {
  std::vector<const FeatureSchema*> schemas;  ///< of one target
  std::string time;                           ///< of the table or its keys file; "" = none
  std::string group;                          ///< the same
  std::string usual_group;          ///< of the keys file, if it has it and no other is there
  std::string time_if_there = {};   ///< of either, if one has it and there is no `time`
  std::string group_if_there = {};  ///< the same; before the usual one
  TableOptions table;
};

/// Rows whose outcome is known, encoded for each of several models.
struct LabelledRows {
  std::string name;              ///< path or URI
  std::string prediction_point;  ///< "" where the table does not say
  Labels labels;
  std::vector<Columns> columns;  ///< [schemas]
  std::optional<RowKeys> times;
  std::optional<RowKeys> group;
};

/// \throws Error(data) for features, a target or keys that are missing or not what the schemas say
LabelledRows read_labelled_rows(const ObjectStore& store, const std::string& key,
                                const LabelledRowsRequest& request, const Control& control);

}  // namespace rarewood
