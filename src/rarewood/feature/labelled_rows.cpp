#include "rarewood/feature/labelled_rows.hpp"

#include <algorithm>
#include <map>

#include <arrow/table.h>
#include <arrow/type.h>

#include "rarewood/base/error.hpp"
#include "rarewood/feature/encode.hpp"
#include "rarewood/feature/keys_file.hpp"
#include "rarewood/feature/training_table.hpp"
#include "rarewood/table/table.hpp"
#include "rarewood/table/table_columns.hpp"

namespace rarewood {
namespace {

/// Those of the wanted columns that the table has; what lacks is said by who needs it.
std::vector<std::string> columns_there(const LabelledRowsRequest& request,
                                       const arrow::Schema& there) {
  std::vector<std::string> columns;
  const auto add = [&](const std::string& name) {
    const bool known = std::find(columns.begin(), columns.end(), name) != columns.end();
    if (!known && there.GetFieldIndex(name) >= 0) columns.push_back(name);
  };
  for (const FeatureSchema* schema : request.schemas) {
    for (const Feature& feature : schema->features) add(feature.name);
    add(schema->target.name);
  }
  add(request.time);
  add(request.group);
  add(request.time_if_there);
  add(request.group_if_there);
  return columns;
}

std::vector<std::string> as_text(const LabelledRowsRequest& request) {
  std::vector<std::string> names;
  for (const FeatureSchema* schema : request.schemas) {
    const auto more = kept_as_text(*schema);
    names.insert(names.end(), more.begin(), more.end());
  }
  return names;
}

Labels read_labels(const arrow::Table& rows, const Target& target, const std::string& table) {
  const auto values = rows.GetColumnByName(target.name);
  if (!values) refuse_missing_column(target.name, rows.schema()->field_names(), table);
  Labels labels = read_target(*values, target.name, target.positive, table);
  if (labels.target.negative == target.negative) return labels;
  throw Error(ErrorKind::data, "The target '" + target.name + "' of '" + table + "' is " +
                                   labels.target.negative + " or " + labels.target.positive +
                                   ", but the model's " + target.negative + " or " +
                                   target.positive + ". Judge it on rows of its own labels.");
}

/// Columns of the table, else of the keys file beside it, by name.
/// \param wanted  those called "" are none
std::map<std::string, RowKeys> read_keys(const arrow::Table& rows,
                                         const std::vector<std::string>& wanted,
                                         const KeyedTable& table, const Control& control) {
  std::map<std::string, RowKeys> keys;
  std::vector<std::string> beside;
  for (const std::string& name : wanted) {
    const auto values = rows.GetColumnByName(name);
    if (values) {
      keys[name] = read_row_keys(*values, name, table.store.uri(table.key));
    } else if (!name.empty()) {
      beside.push_back(name);
    }
  }
  if (beside.empty()) return keys;
  for (RowKeys& found : read_keys_file(table, beside, {}, control).keys) {
    keys[found.name] = std::move(found);
  }
  return keys;
}

}  // namespace

LabelledRows read_labelled_rows(const ObjectStore& store, const std::string& key,
                                const LabelledRowsRequest& request, const Control& control) {
  const TableSource source = table_source(store, key, control);
  const TableForm form = table_form(source, request.table, control);
  TableRequest wanted{.columns = {}, .as_text = as_text(request)};
  if (!says_it_has_keys(form)) wanted.columns = columns_there(request, *form.schema);
  const auto table = read_whole(source, form, wanted, control);
  LabelledRows rows{.name = source.name};
  const auto point = form.metadata.find("rarewood.prediction_point");
  if (point != form.metadata.end()) rows.prediction_point = point->second;
  rows.labels = read_labels(*table, request.schemas.front()->target, source.name);
  for (const FeatureSchema* schema : request.schemas) {
    EncodeCounts counts;
    rows.columns.push_back(encode(*table, *schema, counts, source.name, control));
  }
  const std::vector<std::string> beside = keys_file_columns(store, key, control);
  const auto has = [&](const std::string& name) {
    return std::ranges::find(beside, name) != beside.end();
  };
  const auto column = [&](const std::string& needed, const std::string& if_there,
                          const std::string& usual) -> std::string {
    if (!needed.empty()) return needed;
    if (has(if_there) || table->GetColumnByName(if_there)) return if_there;
    return has(usual) ? usual : "";
  };
  const std::string time = column(request.time, request.time_if_there, "");
  const std::string group = column(request.group, request.group_if_there, request.usual_group);
  const KeyedTable keyed{store, key, form, fingerprint_beside_keys(form, *table, control)};
  const auto keys = read_keys(*table, {time, group}, keyed, control);
  if (!time.empty()) rows.times = keys.at(time);
  if (!group.empty()) rows.group = keys.at(group);
  return rows;
}

}  // namespace rarewood
