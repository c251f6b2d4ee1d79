#include "rarewood/feature/checked_table.hpp"

#include <arrow/chunked_array.h>
#include <arrow/type.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/feature/column_roles.hpp"
#include "rarewood/feature/encode.hpp"
#include "rarewood/feature/encode_column.hpp"
#include "rarewood/feature/levels.hpp"
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

LabelCounts count_labels(const Target& target, const Values& values) {
  const Levels levels = count_levels(*plain_values(values, target.name, true), kMostLabels);
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

/// Names that stand in the table: those of features, and the target last.
struct Reading {
  TableRequest request;
  std::vector<std::size_t> features;  ///< place in the schema of each column that is read
  bool has_target = false;
};

Reading what_to_read(const FeatureSchema& schema, const TableForm& form) {
  Reading reading;
  reading.request.as_text = kept_as_text(schema);
  reading.request.as_text.push_back(schema.target.name);
  reading.request.text_as_codes = true;
  for (std::size_t f = 0; f < schema.features.size(); ++f) {
    if (form.schema->GetFieldIndex(schema.features[f].name) < 0) continue;
    reading.request.columns.push_back(schema.features[f].name);
    reading.features.push_back(f);
  }
  reading.has_target = form.schema->GetFieldIndex(schema.target.name) >= 0;
  if (reading.has_target) reading.request.columns.push_back(schema.target.name);
  return reading;
}

}  // namespace

CheckedTable read_checked_table(const ObjectStore& store, const std::string& key,
                                const FeatureSchema& schema, const TableOptions& options,
                                const Control& control) {
  const TableSource source = table_source(store, key, control);
  const TableForm form = table_form(source, options, control);
  CheckedTable table{.name = source.name,
                     .rows = static_cast<std::uint64_t>(form.rows),
                     .prediction_point = prediction_point_of(form),
                     .columns = std::vector<CheckedColumn>(schema.features.size()),
                     .labels = {}};
  const Reading reading = what_to_read(schema, form);
  if (reading.request.columns.empty()) return table;
  check_memory(control, "read " + source.name, 4 * table.rows * schema.features.size());
  for_each_column(source, form, reading.request, control, [&](std::size_t i, const Values& values) {
    if (i == reading.features.size()) {
      table.labels = count_labels(schema.target, values);
      return;
    }
    const std::size_t f = reading.features[i];
    check_column(schema.features[f], values, source.name, table.columns[f]);
  });
  return table;
}

}  // namespace rarewood
