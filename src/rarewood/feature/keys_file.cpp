#include "rarewood/feature/keys_file.hpp"

#include <algorithm>

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

/// What a file of the pair says of the other one; "" where it says nothing.
std::string said(const TableForm& form, const std::string& what) {
  const auto found = form.metadata.find("rarewood." + what);
  return found == form.metadata.end() ? "" : found->second;
}

void refuse_what_does_not_match(const KeyedTable& table, const KeyedTable& keys) {
  const std::string pair = "'" + keys.store.uri(keys.key) + "' does not belong to '" +
                           table.store.uri(table.key) + "': ";
  const std::string cure = " Write both again with 'rarewood features'.";
  if (keys.form.rows != table.form.rows) {
    throw Error(ErrorKind::data,
                pair + "it has " + thousands(static_cast<std::uint64_t>(keys.form.rows)) +
                    " rows, the table " + thousands(static_cast<std::uint64_t>(table.form.rows)) +
                    "." + cure);
  }
  const bool same_pair = says_it_has_keys(table.form) &&
                         said(keys.form, "table_fingerprint") == table.fingerprint &&
                         said(table.form, "keys_fingerprint") == keys.fingerprint;
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

bool says_it_has_keys(const TableForm& form) { return !said(form, "keys_fingerprint").empty(); }

std::string fingerprint_beside_keys(const TableForm& form, const arrow::Table& rows,
                                    const Control& control) {
  return says_it_has_keys(form) ? table_fingerprint(rows, control) : "";
}

std::string for_each_column_beside_keys(const TableSource& source, const TableForm& form,
                                        const TableRequest& request, const Control& control,
                                        const TakeColumn& body) {
  if (!says_it_has_keys(form)) {
    if (!request.columns.empty()) for_each_column(source, form, request, control, body);
    return "";
  }
  const std::vector<std::string>& wanted = request.columns;
  TableRequest all = request;
  all.columns = form.schema->field_names();
  std::vector<std::string> prints(all.columns.size());
  for_each_column(source, form, all, control, [&](std::size_t i, const auto& values) {
    const std::string& name = all.columns[i];
    prints[i] = column_fingerprint(name, values);
    const auto place = static_cast<std::size_t>(std::ranges::find(wanted, name) - wanted.begin());
    if (place < wanted.size()) body(place, values);
  });
  return table_fingerprint(static_cast<std::uint64_t>(form.rows), prints);
}

KeyColumns read_keys_file(const KeyedTable& table, const std::vector<std::string>& keys,
                          const std::vector<std::string>& levels, const Control& control) {
  const std::string keys_key = keys_file_of(table.key);
  if (!table.store.find(keys_key)) {
    const auto meant = nearest_word(keys.front(), table.form.schema->field_names());
    throw Error(ErrorKind::data, "'" + table.store.uri(table.key) + "' has no column '" +
                                     keys.front() + "', and there is no keys file '" +
                                     table.store.uri(keys_key) + "' beside it." +
                                     (meant ? " Did you mean '" + *meant + "'?" : ""));
  }
  const TableSource source = table_source(table.store, keys_key, control);
  const TableForm form = table_form(source, {}, control);
  const auto rows = read_whole(source, form, {}, control);
  refuse_what_does_not_match(table,
                             {table.store, keys_key, form, table_fingerprint(*rows, control)});

  KeyColumns found;
  for (const std::string& column : keys) {
    const auto values = rows->GetColumnByName(column);
    if (!values) refuse_missing_column(column, form.schema->field_names(), source.name);
    found.keys.push_back(read_row_keys(*values, column, source.name));
  }
  for (const std::string& column : levels) {
    const auto values = rows->GetColumnByName(column);
    if (values) found.levels.push_back(read_row_levels(*values, column, source.name));
  }
  return found;
}

}  // namespace rarewood
