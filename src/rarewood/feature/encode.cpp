#include "rarewood/feature/encode.hpp"

#include <algorithm>
#include <set>

#include <arrow/table.h>
#include <arrow/type.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/parallel.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/feature/encode_column.hpp"
#include "rarewood/feature/levels.hpp"
#include "rarewood/table/plain_types.hpp"
#include "rarewood/table/table_columns.hpp"

namespace rarewood {
namespace {

[[noreturn]] void refuse_missing_features(const std::vector<std::string>& missing,
                                          const arrow::Schema& columns, const std::string& table,
                                          const std::string& target) {
  if (missing.size() == 1) refuse_missing_column(missing[0], columns.field_names(), table);
  throw Error(ErrorKind::data, "'" + table + "' lacks the columns " + listed(missing) +
                                   ", which the model was trained on. Add them, or name another "
                                   "model: this one predicts '" +
                                   target + "'.");
}

/// Not what a number is called among categories: training saw text.
bool is_no_number(const std::string& category) {
  const auto number = parse_double(category);
  return !number || level_text(*number) != category;
}

}  // namespace

std::vector<std::string> kept_as_text(const FeatureSchema& schema) {
  std::vector<std::string> names;
  for (const Feature& feature : schema.features) {
    const bool words =
        std::any_of(feature.categories.begin(), feature.categories.end(), is_no_number);
    if (words) names.push_back(feature.name);
  }
  return names;
}

FeaturePlaces find_features(const FeatureSchema& schema, const arrow::Schema& columns,
                            const std::string& table) {
  FeaturePlaces places;
  std::vector<std::string> missing;
  std::set<std::string> used;
  for (const Feature& feature : schema.features) {
    places.columns.push_back(columns.GetFieldIndex(feature.name));
    used.insert(feature.name);
    if (places.columns.back() < 0) missing.push_back(feature.name);
  }
  if (!missing.empty()) refuse_missing_features(missing, columns, table, schema.target.name);
  for (const auto& field : columns.fields()) {
    if (!used.contains(field->name())) places.ignored.push_back(field->name());
  }
  return places;
}

Columns encode(const arrow::Table& rows, const FeatureSchema& schema, EncodeCounts& counts,
               const std::string& table, const Control& control) {
  const FeaturePlaces places = find_features(schema, *rows.schema(), table);
  const std::size_t features = schema.features.size();
  counts.missing.resize(features);
  counts.unseen.resize(features);

  Columns columns;
  columns.rows = static_cast<std::size_t>(rows.num_rows());
  columns.values.resize(features);
  parallel_for(control, features, [&](std::size_t i) {
    const Feature& feature = schema.features[i];
    const auto values = plain_values(rows.column(places.columns[i]), feature.name, true);
    const ColumnOrigin origin{.table = table, .first_row = counts.rows};
    const ColumnCounts found = encode_column(feature, *values, origin, columns.values[i]);
    counts.missing[i] += found.missing;
    counts.unseen[i] += found.unseen.size();
  });
  counts.rows += columns.rows;
  return columns;
}

std::vector<std::string> unseen_warnings(const FeatureSchema& schema, const EncodeCounts& counts) {
  std::vector<std::string> warnings;
  for (std::size_t i = 0; i < counts.unseen.size(); ++i) {
    if (counts.unseen[i] == 0) continue;
    warnings.push_back("The column '" + schema.features[i].name + "' has " +
                       thousands(counts.unseen[i]) +
                       " values that training never saw; they are taken as missing.");
  }
  return warnings;
}

}  // namespace rarewood
