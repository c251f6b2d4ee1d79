#include "rarewood/feature/keys_file.hpp"

#include <arrow/table.h>
#include <arrow/type.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/feature/training_table.hpp"
#include "rarewood/table/fingerprint.hpp"
#include "rarewood/table/table.hpp"
#include "rarewood/table/table_columns.hpp"

namespace rarewood {
namespace {

/// A file of the pair as it is and as it says it is.
struct Half {
  TableForm form;
  std::shared_ptr<arrow::Table> values;
  std::string name;
  std::string fingerprint;

  std::string says(const std::string& what) const {
    const auto found = form.metadata.find("rarewood." + what);
    return found == form.metadata.end() ? "" : found->second;
  }
};

Half read_half(const TableSource& source, const TableForm& form, const Control& control) {
  Half half{.form = form, .name = source.name};
  half.values = read_whole(source, form, {}, control);
  half.fingerprint = table_fingerprint(*half.values, control);
  return half;
}

void refuse_what_does_not_match(const Half& table, const Half& keys) {
  const std::string pair = "'" + keys.name + "' does not belong to '" + table.name + "': ";
  const std::string cure = " Write both again with 'rarewood features'.";
  if (keys.form.rows != table.form.rows) {
    throw Error(ErrorKind::data,
                pair + "it has " + thousands(static_cast<std::uint64_t>(keys.form.rows)) +
                    " rows, the table " + thousands(static_cast<std::uint64_t>(table.form.rows)) +
                    "." + cure);
  }
  const bool same_pair = keys.says("table_fingerprint") == table.fingerprint &&
                         table.says("keys_fingerprint") == keys.fingerprint;
  if (!same_pair) throw Error(ErrorKind::data, pair + "their fingerprints differ." + cure);
}

}  // namespace

std::string keys_file_of(const std::string& key) {
  const std::size_t dot = key.rfind('.');
  const std::size_t slash = key.rfind('/');
  const bool has_ending = dot != std::string::npos && (slash == std::string::npos || dot > slash);
  return (has_ending ? key.substr(0, dot) : key) + ".keys.parquet";
}

std::vector<std::string> keys_file_columns(const ObjectStore& store, const std::string& key,
                                           const Control& control) {
  const std::string beside = keys_file_of(key);
  if (!store.find(beside)) return {};
  return table_form(table_source(store, beside, control), {}, control).schema->field_names();
}

KeyColumns read_keys_file(const KeyedTable& table, const std::vector<std::string>& keys,
                          const std::vector<std::string>& levels, const Control& control) {
  const std::string keys_key = keys_file_of(table.key);
  if (!table.store.find(keys_key)) {
    const auto meant = nearest_word(keys.front(), table.form.schema->field_names());
    throw Error(ErrorKind::data, "'" + table.source.name + "' has no column '" + keys.front() +
                                     "', and there is no keys file '" + table.store.uri(keys_key) +
                                     "' beside it." +
                                     (meant ? " Did you mean '" + *meant + "'?" : ""));
  }
  const TableSource source = table_source(table.store, keys_key, control);
  const Half beside = read_half(source, table_form(source, {}, control), control);
  refuse_what_does_not_match(read_half(table.source, table.form, control), beside);

  KeyColumns found;
  for (const std::string& column : keys) {
    const auto values = beside.values->GetColumnByName(column);
    if (!values) refuse_missing_column(column, beside.values->schema()->field_names(), beside.name);
    found.keys.push_back(read_row_keys(*values, column, beside.name));
  }
  for (const std::string& column : levels) {
    const auto values = beside.values->GetColumnByName(column);
    if (values) found.levels.push_back(read_row_levels(*values, column, beside.name));
  }
  return found;
}

}  // namespace rarewood
