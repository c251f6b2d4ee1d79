#pragma once

#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/feature/row_keys.hpp"
#include "rarewood/feature/row_levels.hpp"
#include "rarewood/store/object_store.hpp"
#include "rarewood/table/table.hpp"
#include "rarewood/table/table_form.hpp"
#include "rarewood/table/table_source.hpp"

namespace rarewood {

/// A training table whose keys lie beside it.
struct KeyedTable {
  const ObjectStore& store;
  std::string key;  ///< of the training table
  const TableForm& form;
  std::string fingerprint;  ///< of all its values; "" where it does not say that it has keys
};

/// Whether a table says of itself that a keys file belongs to it.
bool says_it_has_keys(const TableForm& form);

/// The fingerprint of a table that is whole in memory; "" where it does not say that it has keys.
std::string fingerprint_beside_keys(const TableForm& form, const arrow::Table& rows,
                                    const Control& control);

/// for_each_column(), with all columns of a table that says it has keys: so that whether they
/// belong to it is known without reading it again.
/// \param request  names columns, where it shall have some
/// \return the fingerprint of all values; "" of a table that does not say so
std::string for_each_column_beside_keys(const TableSource& source, const TableForm& form,
                                        const TableRequest& request, const Control& control,
                                        const TakeColumn& body);

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
