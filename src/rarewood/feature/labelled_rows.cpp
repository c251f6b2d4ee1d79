#include "rarewood/feature/labelled_rows.hpp"

#include <algorithm>

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

/// A column of the table, else of the keys file beside it.
RowKeys read_keys(const arrow::Table& rows, const std::string& column, const KeyedTable& table,
                  const Control& control) {
  if (const auto values = rows.GetColumnByName(column)) {
    return read_row_keys(*values, column, table.source.name);
  }
  return read_keys_file(table, {column}, {}, control).keys.front();
}

}  // namespace

LabelledRows read_labelled_rows(const ObjectStore& store, const std::string& key,
                                const LabelledRowsRequest& request, const Control& control) {
  const TableSource source = table_source(store, key, control);
  const TableForm form = table_form(source, request.table, control);
  const TableRequest wanted{.columns = columns_there(request, *form.schema),
                            .as_text = as_text(request)};
  const auto table = read_whole(source, form, wanted, control);
  LabelledRows rows{.name = source.name};
  const auto point = form.metadata.find("rarewood.prediction_point");
  if (point != form.metadata.end()) rows.prediction_point = point->second;
  rows.labels = read_labels(*table, request.schemas.front()->target, source.name);
  for (const FeatureSchema* schema : request.schemas) {
    EncodeCounts counts;
    rows.columns.push_back(encode(*table, *schema, counts, source.name, control));
  }
  const KeyedTable keyed{store, key, source, form};
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
  if (!time.empty()) rows.times = read_keys(*table, time, keyed, control);
  if (!group.empty()) rows.group = read_keys(*table, group, keyed, control);
  return rows;
}

}  // namespace rarewood
