#include "rarewood/feature/training_table.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include <arrow/chunked_array.h>
#include <arrow/type.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/feature/column_roles.hpp"
#include "rarewood/feature/encode_column.hpp"
#include "rarewood/feature/keys_file.hpp"
#include "rarewood/feature/row_costs.hpp"
#include "rarewood/feature/row_weights.hpp"
#include "rarewood/feature/target.hpp"
#include "rarewood/table/plain_types.hpp"
#include "rarewood/table/table.hpp"

namespace rarewood {
namespace {

/// What one column came to; written by the thread that read it.
struct ReadColumn {
  ColumnVerdict verdict;
  std::vector<float> values;
  std::optional<Labels> labels;
  std::optional<RowKeys> keys;
  std::optional<RowLevels> levels;
  std::optional<CostColumn> cost;
  bool is_weight = false;
};

ReadColumn read_column(const PlannedColumn& column, const arrow::ChunkedArray& stored,
                       const std::string& table, const std::string& positive) {
  ReadColumn read;
  read.verdict.note = column.note;
  const auto values = plain_values(
      std::make_shared<arrow::ChunkedArray>(stored.chunks(), stored.type()), column.name, true);
  if (column.is_key) read.keys = read_row_keys(*values, column.name, table);
  if (column.is_cost) read.cost = read_cost_column(*values, column.name, table);
  if (column.role == ColumnRole::weight) {
    read.values = read_row_weights(*values, column.name, table);
    read.is_weight = true;
  } else if (column.role == ColumnRole::target) {
    read.labels = read_target(*values, column.name, positive, table);
  } else if (column.role == ColumnRole::candidate) {
    read.verdict = judge_column(column.name, *values, column.wish);
    if (read.verdict.feature) {
      encode_column(*read.verdict.feature, *values, {.table = table}, read.values);
    }
  }
  if (column.is_level && column.role != ColumnRole::target && !read.verdict.feature) {
    read.levels = read_row_levels(*values, column.name, table);
  }
  return read;
}

/// The columns that are read, and where each stands in the plan.
struct Reading {
  TableRequest request;
  std::vector<std::size_t> places;
};

Reading what_to_read(const ColumnPlan& plan) {
  Reading reading;
  reading.request.text_as_codes = true;
  reading.request.as_text = {plan.target};  // keeps the labels of a text table as they are written
  for (std::size_t i = 0; i < plan.columns.size(); ++i) {
    if (plan.columns[i].role == ColumnRole::not_wanted) continue;
    reading.request.columns.push_back(plan.columns[i].name);
    reading.places.push_back(i);
  }
  return reading;
}

struct ReadColumns {
  std::vector<ReadColumn> columns;  ///< as planned
  std::string fingerprint;          ///< of the table, if it says that it has keys
};

ReadColumns read_columns(const TableSource& source, const TableForm& form, const ColumnPlan& plan,
                         const std::string& positive, const Control& control) {
  const Reading reading = what_to_read(plan);
  const std::uint64_t values =
      static_cast<std::uint64_t>(form.rows) * (reading.places.size() + 2 * 8);
  check_memory(control, "read " + source.name, 4 * values);
  std::vector<ReadColumn> columns(plan.columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) columns[i].verdict.note = plan.columns[i].note;
  const TakeColumn take = [&](std::size_t i, const auto& stored) {
    const std::size_t place = reading.places[i];
    columns[place] = read_column(plan.columns[place], *stored, source.name, positive);
  };
  std::string fingerprint =
      for_each_column_beside_keys(source, form, reading.request, control, take);
  return {std::move(columns), std::move(fingerprint)};
}

void refuse_no_features(const TrainingTable& table) {
  if (!table.schema.features.empty()) return;
  std::string reasons;
  for (const ColumnNote& note : table.notes) {
    if (note.role == "left out") reasons += " '" + note.name + "': " + note.why + ".";
  }
  throw Error(ErrorKind::data, "'" + table.name + "' has no column to learn from." + reasons);
}

/// Put together what the threads read, in the table's order.
void assemble(std::vector<ReadColumn> columns, const TrainingRequest& request,
              TrainingTable& table) {
  CostColumn false_positive;
  CostColumn false_negative;
  for (ReadColumn& column : columns) {
    table.notes.push_back(column.verdict.note);
    for (std::string& warning : column.verdict.warnings) table.warnings.push_back(warning);
    if (column.labels) {
      table.schema.target = column.labels->target;
      table.labels = std::move(column.labels->positive);
    }
    if (column.keys) table.keys.push_back(std::move(*column.keys));
    if (column.levels) table.levels.push_back(std::move(*column.levels));
    if (column.cost && column.cost->name == request.false_positive_cost) {
      false_positive = *column.cost;
    }
    if (column.cost && column.cost->name == request.false_negative_cost) {
      false_negative = *column.cost;
    }
    if (column.is_weight) table.weights = std::move(column.values);
    if (!column.verdict.feature) continue;
    table.schema.features.push_back(std::move(*column.verdict.feature));
    table.columns.values.push_back(std::move(column.values));
  }
  refuse_no_features(table);
  table.columns.rows = table.labels.size();
  table.costs = costs_of_errors(false_positive, false_negative, table.labels, table.name);
}

/// Columns of the keys file that are wanted if there is such a file.
std::vector<std::string> wanted_beside(const TrainingRequest& request, const std::string& point) {
  std::vector<std::string> wanted;
  if (point.empty()) return wanted;
  wanted = request.keys_if_there;
  // Times of pages are known of every row only where there is a point within the session.
  if (point != "end") {
    wanted.insert(wanted.end(), request.keys_at_a_point.begin(), request.keys_at_a_point.end());
  }
  return wanted;
}

void append(const std::vector<std::string>& names, std::vector<std::string>& to) {
  for (const std::string& name : names) {
    if (std::find(to.begin(), to.end(), name) == to.end()) to.push_back(name);
  }
}

void sort_keys(const std::vector<std::string>& order, std::vector<RowKeys>& keys) {
  std::vector<RowKeys> sorted;
  for (const std::string& name : order) {
    const auto found = std::find_if(keys.begin(), keys.end(),
                                    [&](const RowKeys& one) { return one.name == name; });
    sorted.push_back(*found);
  }
  keys = std::move(sorted);
}

}  // namespace

TrainingTable load_training_table(const ObjectStore& store, const std::string& key,
                                  const TrainingRequest& request, const Control& control) {
  const TableSource source = table_source(store, key, control);
  const TableForm form = table_form(source, request.table, control);
  if (form.rows == 0) {
    throw Error(ErrorKind::data, "'" + source.name + "' has no rows. Give a table with rows.");
  }
  TrainingTable table{.name = source.name, .metadata = form.metadata};
  table.schema.prediction_point = prediction_point_of(form);

  const ColumnPlan plan = plan_columns(form, request, source.name);
  table.warnings = plan.warnings;
  ReadColumns read = read_columns(source, form, plan, request.features.positive, control);
  assemble(std::move(read.columns), request, table);
  std::vector<std::string> beside = plan.missing_keys;
  std::vector<std::string> order = request.keys;
  std::vector<std::string> levels;
  const std::vector<std::string> wanted = wanted_beside(request, table.schema.prediction_point);
  const bool asks = !wanted.empty() || !plan.missing_levels.empty();
  if (asks && store.find(keys_file_of(key))) {
    append(wanted, beside);
    append(wanted, order);
    levels = plan.missing_levels;
  }
  if (!beside.empty() || !levels.empty()) {
    KeyColumns found =
        read_keys_file({store, key, form, read.fingerprint}, beside, levels, control);
    std::ranges::move(found.keys, std::back_inserter(table.keys));
    std::ranges::move(found.levels, std::back_inserter(table.levels));
  }
  sort_keys(order, table.keys);
  return table;
}

const RowKeys* find_keys(const TrainingTable& table, const std::string& name) {
  const auto found = std::ranges::find(table.keys, name, &RowKeys::name);
  return found == table.keys.end() ? nullptr : &*found;
}

}  // namespace rarewood
