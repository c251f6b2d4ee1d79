#include "rarewood/feature/checked_table.hpp"

#include <algorithm>

#include <arrow/chunked_array.h>
#include <arrow/type.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/feature/column_roles.hpp"
#include "rarewood/feature/encode.hpp"
#include "rarewood/feature/encode_column.hpp"
#include "rarewood/feature/keys_file.hpp"
#include "rarewood/feature/levels.hpp"
#include "rarewood/feature/training_table.hpp"
#include "rarewood/table/plain_types.hpp"
#include "rarewood/table/table.hpp"

namespace rarewood {
namespace {

constexpr std::uint64_t kMostLabels = 1000;

using Values = std::shared_ptr<arrow::ChunkedArray>;

/// A sentence without its full stop.
std::string sentence_of(const Error& error) {
  std::string text = error.what();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

void check_column(const Feature& feature, const Values& values, const std::string& table,
                  CheckedColumn& column) {
  column.present = true;
  try {
    const auto plain = plain_values(values, feature.name, true);
    column.unseen = encode_column(feature, *plain, {.table = table}, column.values).unseen;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::data) throw;
    column.problem = sentence_of(error);
    column.values.clear();
  }
}

/// Labels are compared as texts and as numbers: 1, 1.0 and "1" are one label.
bool is_label(const std::string& level, const std::string& label) {
  if (level == label || lower(level) == lower(label)) return true;
  const auto a = parse_double(level);
  const auto b = parse_double(label);
  return a && b && *a == *b;
}

LabelCounts count_labels(const Levels& levels, const Target& target) {
  LabelCounts counts;
  counts.missing = levels.missing;
  for (const auto& [level, rows] : levels.rows) {
    if (is_label(level, target.positive)) {
      counts.positive += rows;
    } else if (is_label(level, target.negative)) {
      counts.negative += rows;
    } else {
      counts.other += rows;
      if (counts.other_example.empty()) counts.other_example = level;
    }
  }
  return counts;
}

std::vector<std::uint32_t> labels_of_rows(const Levels& levels, const Target& target,
                                          const arrow::ChunkedArray& plain) {
  Feature label{target.name, FeatureKind::category, {}};
  std::vector<std::uint32_t> meanings;
  for (const auto& [level, rows] : levels.rows) {
    label.categories.push_back(level);
    const bool is_positive = is_label(level, target.positive);
    meanings.push_back(is_positive ? 1 : is_label(level, target.negative) ? 0 : kNoLabel);
  }
  std::vector<float> codes;
  encode_column(label, plain, {}, codes);
  std::vector<std::uint32_t> labels;
  labels.reserve(codes.size());
  for (const float code : codes) {
    labels.push_back(code != code ? kNoLabel : meanings[static_cast<std::size_t>(code)]);
  }
  return labels;
}

LabelCounts read_labels(const Target& target, const Values& values, bool by_row) {
  const auto plain = plain_values(values, target.name, true);
  const Levels levels = count_levels(*plain, kMostLabels);
  LabelCounts counts = count_labels(levels, target);
  if (by_row) counts.of_rows = labels_of_rows(levels, target, *plain);
  return counts;
}

TableRequest what_to_read(const CheckedTableRequest& wanted, const TableForm& form) {
  TableRequest request;
  request.as_text = kept_as_text(wanted.schema);
  request.as_text.push_back(wanted.schema.target.name);
  request.text_as_codes = true;
  const auto add = [&](const std::string& name) {
    if (name.empty() || form.schema->GetFieldIndex(name) < 0) return;
    if (std::ranges::find(request.columns, name) == request.columns.end()) {
      request.columns.push_back(name);
    }
  };
  for (const Feature& feature : wanted.schema.features) add(feature.name);
  add(wanted.schema.target.name);
  add(wanted.group.name);
  return request;
}

/// What one column of the table is to the model.
void take_column(const std::string& name, const Values& values, const CheckedTableRequest& wanted,
                 CheckedTable& table) {
  for (std::size_t f = 0; f < wanted.schema.features.size(); ++f) {
    const Feature& feature = wanted.schema.features[f];
    if (feature.name == name) check_column(feature, values, table.name, table.columns[f]);
  }
  if (name == wanted.schema.target.name) {
    table.labels = read_labels(wanted.schema.target, values, !wanted.group.name.empty());
  }
  if (name != wanted.group.name) return;
  try {
    table.group = read_row_keys(*values, name, table.name);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::data || wanted.group.is_asked) throw;
    table.group_problem = error.what();
  }
}

/// From the keys file, where the table itself lacks the column.
void find_group(const GroupColumn& group, const KeyedTable& keyed, const Control& control,
                CheckedTable& table) {
  if (group.name.empty() || table.group || !table.group_problem.empty()) return;
  if (!group.is_asked && !keyed.store.find(keys_file_of(keyed.key))) return;
  try {
    table.group = read_keys_file(keyed, {group.name}, {}, control).keys.front();
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::data || group.is_asked) throw;
    table.group_problem = error.what();
  }
}

}  // namespace

CheckedTable read_checked_table(const ObjectStore& store, const std::string& key,
                                const CheckedTableRequest& wanted, const Control& control) {
  const TableSource source = table_source(store, key, control);
  const TableForm form = table_form(source, wanted.text, control);
  const std::size_t features = wanted.schema.features.size();
  CheckedTable table{.name = source.name,
                     .rows = static_cast<std::uint64_t>(form.rows),
                     .prediction_point = prediction_point_of(form),
                     .columns = std::vector<CheckedColumn>(features),
                     .labels = {},
                     .group = {},
                     .group_problem = {}};
  const TableRequest request = what_to_read(wanted, form);
  check_memory(control, "read " + source.name, 4 * table.rows * features);
  const std::string fingerprint = for_each_column_beside_keys(
      source, form, request, control, [&](std::size_t i, const Values& values) {
        take_column(request.columns[i], values, wanted, table);
      });
  find_group(wanted.group, {store, key, form, fingerprint}, control, table);
  return table;
}

}  // namespace rarewood
