#include "rarewood/workflow/later_rows.hpp"

#include <algorithm>

#include "rarewood/base/error.hpp"
#include "rarewood/feature/labelled_rows.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/pattern/split.hpp"
#include "rarewood/workflow/row_groups.hpp"
#include "rarewood/workflow/test_rows.hpp"

namespace rarewood {
namespace {

using Models = std::vector<const SavedModel*>;

void refuse_other_point(const Model& model, const LabelledRows& rows) {
  const std::string& of_model = model.schema.prediction_point;
  if (of_model.empty() || rows.prediction_point.empty() || of_model == rows.prediction_point) {
    return;
  }
  throw Error(ErrorKind::data, "The models were trained for the prediction point '" + of_model +
                                   "', but '" + rows.name + "' was built for '" +
                                   rows.prediction_point + "'. Build the table with --as-of " +
                                   of_model + ".");
}

void refuse_what_is_no_time(const RowKeys& times, const std::string& table) {
  const bool dates =
      times.texts.empty() && (times.values.empty() || std::ranges::min(times.values) >= kLeastTime);
  if (dates) return;
  throw Error(ErrorKind::data, "The column '" + times.name + "' of '" + table +
                                   "' holds no dates. Name one that does with --time-column.");
}

/// Rows that began after `moment`, or all.
std::vector<std::uint32_t> chosen_rows(const LabelledRows& rows,
                                       const std::optional<std::int64_t>& moment) {
  std::vector<std::uint32_t> chosen;
  for (std::uint32_t row = 0; row < rows.labels.positive.size(); ++row) {
    if (!moment || rows.times->values[row] > *moment) chosen.push_back(row);
  }
  return chosen;
}

SaidOfRows said_of(const Model& model, const LabelledRows& rows, const Columns& columns,
                   const std::vector<std::uint32_t>& chosen, const Control& control) {
  const Predictions all = predict(model, columns, control);
  SaidOfRows said;
  for (const std::uint32_t row : chosen) {
    const std::uint64_t positive = rows.labels.positive[row];
    said.probabilities.push_back(
        {static_cast<double>(all.probability[row]), 1 - positive, positive});
    said.flags.push_back(all.label[row]);
  }
  return said;
}

void add_groups(const LabelledRows& rows, const std::vector<std::uint32_t>& chosen,
                LaterRows& later) {
  if (!rows.group) return;
  const Blocks blocks = blocks_of_rows(keys_of(*rows.group), chosen);
  if (blocks.of.empty()) return;
  later.group_column = rows.group->name;
  later.groups = blocks.groups;
  later.blocks = blocks_of_entries(later.said.front().probabilities, blocks.of);
}

/// The end of the last of those windows that are known.
std::optional<std::int64_t> last_end(const Models& models) {
  std::optional<std::int64_t> end;
  for (const SavedModel* saved : models) {
    if (const auto& window = saved->model.provenance.window) {
      end = std::max(end.value_or(window->until), window->until);
    }
  }
  return end;
}

/// By which column rows are dated: the given one, else the first that a model's window is of.
std::string time_column(const Models& models, const PromoteOptions& options) {
  if (!options.time_column.empty()) return options.time_column;
  for (const SavedModel* saved : models) {
    if (const auto& window = saved->model.provenance.window) return window->column;
  }
  return "";
}

/// What to say where models were trained on windows of different columns, and nobody said which one
/// dates the rows: whether two columns mean the same moment is not known here.
std::string window_warning(const Models& models, const PromoteOptions& options,
                           const LabelledRows& rows) {
  if (!options.time_column.empty() || !rows.times) return "";
  for (const SavedModel* saved : models) {
    const auto& window = saved->model.provenance.window;
    if (!window || window->column == rows.times->name) continue;
    return "'" + saved->name + "' learnt from rows until a moment of '" + window->column +
           "', and these rows are dated by '" + rows.times->name +
           "': one later than the last of both may still be a row it learnt from. Name the column "
           "that tells for both models with --time-column.";
  }
  return "";
}

LabelledRowsRequest request_of(const Models& models, const PromoteOptions& options,
                               const TableOptions& text) {
  LabelledRowsRequest request{
      .group = options.group_column, .usual_group = kUsualGroup, .table = text};
  for (const SavedModel* saved : models) request.schemas.push_back(&saved->model.schema);
  request.group_if_there = group_column_of(models.front()->model.provenance);
  const std::string times = time_column(models, options);
  const bool needed = !options.all_rows || !options.time_column.empty();
  (needed ? request.time : request.time_if_there) = times;
  return request;
}

/// What to say where the groups of training are not known of these rows.
std::string group_warning(const LabelledRowsRequest& request, const LabelledRows& rows) {
  const std::string& column = request.group_if_there;
  if (column.empty() || !request.group.empty() || rows.group) return "";
  return "The challenger was trained with rows of one '" + column + "' together, and '" +
         rows.name +
         "' has no such column: its rows count as independent. Name another with --group-column.";
}

}  // namespace

LaterRows score_later_rows(const Models& models, const ObjectPlace& place,
                           const PromoteOptions& options, const TableOptions& text,
                           const Control& control) {
  const LabelledRowsRequest request = request_of(models, options, text);
  const LabelledRows rows = read_labelled_rows(*place.store, place.key, request, control);
  refuse_other_point(models.front()->model, rows);
  if (rows.times) refuse_what_is_no_time(*rows.times, rows.name);
  LaterRows later{.table = rows.name, .last_end = last_end(models)};
  for (const std::string& warning :
       {window_warning(models, options, rows), group_warning(request, rows)}) {
    if (!warning.empty()) later.warnings.push_back(warning);
  }
  if (!options.all_rows) {
    later.time_column = request.time;
    later.after = later.last_end;
  } else if (rows.times && later.last_end) {
    later.within_windows = static_cast<std::uint64_t>(std::ranges::count_if(
        rows.times->values, [&](std::int64_t time) { return time <= *later.last_end; }));
  }
  const std::vector<std::uint32_t> chosen = chosen_rows(rows, later.after);
  for (std::size_t m = 0; m < models.size(); ++m) {
    later.said.push_back(said_of(models[m]->model, rows, rows.columns[m], chosen, control));
  }
  for (const std::uint32_t row : chosen) later.positives += rows.labels.positive[row];
  add_groups(rows, chosen, later);
  return later;
}

}  // namespace rarewood
