#pragma once

#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/row_keys.hpp"
#include "rarewood/feature/row_levels.hpp"
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

struct KeyColumns {
  std::vector<RowKeys> keys;      ///< as named
  std::vector<RowLevels> levels;  ///< those of the named columns that are there
};

/// What the keys file beside a training table has; nothing where there is no such file.
std::vector<std::string> keys_file_columns(const ObjectStore& store, const std::string& key,
                                           const Control& control);

/// Read columns from the row-aligned keys file beside a training table.
/// \throws Error(data) unless rows and fingerprints of both files agree with each other and with
///         what they hold: another order of rows would give every row another's key.
KeyColumns read_keys_file(const KeyedTable& table, const std::vector<std::string>& keys,
                          const std::vector<std::string>& levels, const Control& control);

}  // namespace rarewood
