#pragma once

#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/row_keys.hpp"
#include "rarewood/store/object_store.hpp"
#include "rarewood/table/table_form.hpp"
#include "rarewood/table/table_source.hpp"

namespace rarewood {

/// A training table that is read with the keys beside it.
struct KeyedTable {
  const ObjectStore& store;
  std::string key;  ///< of the training table
  const TableSource& source;
  const TableForm& form;
};

/// Read columns from the row-aligned keys file beside a training table.
/// \throws Error(data) unless rows and fingerprints of both files agree with each other and with
///         what they hold: another order of rows would give every row another's key.
std::vector<RowKeys> read_keys_file(const KeyedTable& table,
                                    const std::vector<std::string>& columns,
                                    const Control& control);

}  // namespace rarewood
