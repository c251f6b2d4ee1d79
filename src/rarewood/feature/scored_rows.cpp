#include "rarewood/feature/scored_rows.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include <arrow/array.h>
#include <arrow/table.h>
#include <arrow/type.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/feature/number_values.hpp"
#include "rarewood/feature/row_costs.hpp"
#include "rarewood/feature/row_levels.hpp"
#include "rarewood/table/table.hpp"

namespace rarewood {
namespace {

std::string called(const std::string& column, const std::string& table) {
  return "The score column '" + column + "' of '" + table + "'";
}

std::vector<double> read_scores(const arrow::ChunkedArray& values, const std::string& column,
                                const std::string& table) {
  std::vector<double> scores;
  scores.reserve(static_cast<std::size_t>(values.length()));
  const auto add = [&](const arrow::Array& chunk, const auto* numbers) {
    for (std::int64_t row = 0; row < chunk.length(); ++row) {
      const bool known = !chunk.IsNull(row) && std::isfinite(static_cast<double>(numbers[row]));
      if (!known) {
        throw Error(ErrorKind::data, called(column, table) + " has no finite number in row " +
                                         thousands(scores.size() + 1) +
                                         ". Score that row, or remove it.");
      }
      scores.push_back(static_cast<double>(numbers[row]));
    }
  };
  for (const auto& chunk : values.chunks()) {
    const bool numeric =
        is_number_type(*chunk->type()) &&
        with_number_values(*chunk, [&](const auto* numbers) { add(*chunk, numbers); });
    if (!numeric && chunk->length() > 0) {
      throw Error(ErrorKind::data, called(column, table) + " is of type " +
                                       type_words(*chunk->type()) + ". Numbers are needed.");
    }
  }
  return scores;
}

std::vector<std::string> columns_of(const ScoredRowsRequest& request) {
  std::vector<std::string> columns{request.label};
  const auto add = [&](const std::string& name) {
    const bool there = std::find(columns.begin(), columns.end(), name) != columns.end();
    if (!name.empty() && !there) columns.push_back(name);
  };
  for (const std::string& score : request.scores) add(score);
  add(request.group);
  add(request.time);
  for (const std::string& by : request.by) add(by);
  add(request.false_positive_cost);
  add(request.false_negative_cost);
  return columns;
}

/// [rows] 1 where the positive word stands; empty if a row holds neither of the two.
std::vector<std::uint8_t> read_decisions(const RowLevels& levels, const Target& target) {
  std::vector<std::uint8_t> decided;
  decided.reserve(levels.of.size());
  for (const std::uint32_t level : levels.of) {
    const std::string& word = levels.names[level];
    if (word != target.positive && word != target.negative) return {};
    decided.push_back(word == target.positive ? 1 : 0);
  }
  return decided;
}

/// The columns of scores are there, or the refusal says how to name them.
void check_scores(const ScoredRowsRequest& request, const arrow::Schema& there,
                  const std::string& table) {
  for (const std::string& score : request.scores) {
    if (there.GetFieldIndex(score) >= 0) continue;
    const std::vector<std::string> names = there.field_names();
    throw Error(ErrorKind::data, "'" + table + "' has no column of scores '" + score +
                                     "'. Name one with --score; it has " + listed(names) + "." +
                                     did_you_mean(score, names));
  }
}

RowKeys read_time(const arrow::ChunkedArray& values, const std::string& column,
                  const std::string& table) {
  RowKeys keys = read_row_keys(values, column, table);
  if (!is_time_type(*values.type())) {
    throw Error(ErrorKind::data, "The column '" + column + "' of '" + table + "' is of type " +
                                     type_words(*values.type()) +
                                     ". --time needs dates or time stamps.");
  }
  return keys;
}

}  // namespace

ScoredRows read_scored_rows(const ObjectStore& store, const std::string& key,
                            const ScoredRowsRequest& request, const Control& control) {
  const TableSource source = table_source(store, key, control);
  const TableForm form = table_form(source, request.table, control);
  check_scores(request, *form.schema, source.name);
  std::vector<std::string> columns = columns_of(request);
  std::vector<std::string> as_text{request.label};
  const std::string& decisions = request.decisions;
  const bool decided = !decisions.empty() && decisions != request.label &&
                       form.schema->GetFieldIndex(decisions) >= 0;
  if (decided && std::ranges::find(columns, decisions) == columns.end()) {
    columns.push_back(decisions);
    as_text.push_back(decisions);
  }
  const auto table = read_whole(source, form, {.columns = columns, .as_text = as_text}, control);
  const auto column = [&](const std::string& name) -> const arrow::ChunkedArray& {
    return *table->GetColumnByName(name);
  };
  ScoredRows rows{.name = source.name};
  rows.labels = read_target(column(request.label), request.label, request.positive, source.name);
  for (const std::string& score : request.scores) {
    rows.scores.push_back(read_scores(column(score), score, source.name));
  }
  const auto cost = [&](const std::string& name) {
    return name.empty() ? CostColumn{} : read_cost_column(column(name), name, source.name);
  };
  rows.costs = costs_of_errors(cost(request.false_positive_cost), cost(request.false_negative_cost),
                               rows.labels.positive, source.name);
  if (!request.group.empty()) {
    rows.group = read_row_keys(column(request.group), request.group, source.name);
  }
  for (const std::string& by : request.by) {
    rows.by.push_back(read_row_levels(column(by), by, source.name));
  }
  if (decided) {
    rows.decided = read_decisions(read_row_levels(column(decisions), decisions, source.name),
                                  rows.labels.target);
  }
  if (!request.time.empty()) {
    rows.by.push_back(time_levels(read_time(column(request.time), request.time, source.name)));
  }
  return rows;
}

}  // namespace rarewood
