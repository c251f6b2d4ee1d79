#pragma once

#include <string>
#include <vector>

#include <arrow/type_fwd.h>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/schema.hpp"

namespace rarewood {

/// A table in memory as learners see it.
struct EncodedTable {
  FeatureSchema schema;  ///< features only: neither target nor prediction point
  Columns columns;
};

/// Judge and encode the columns as load_training_table does those of a file: columns that teach
/// nothing are left out, and there may be none left.
/// \param not_features  columns that are not looked at
EncodedTable encode_table(const arrow::Table& table, const std::vector<std::string>& not_features,
                          const Control& control);

}  // namespace rarewood
