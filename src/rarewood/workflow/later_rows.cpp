#include "rarewood/workflow/later_rows.hpp"

#include <algorithm>

#include "rarewood/base/error.hpp"
#include "rarewood/evaluate/blocks.hpp"
#include "rarewood/feature/labelled_rows.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/pattern/split.hpp"
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

/// A group of one row is as independent as a row.
void add_groups(const LabelledRows& rows, const std::vector<std::uint32_t>& chosen,
                LaterRows& later) {
  if (!rows.group) return;
  const std::vector<std::uint64_t> keys = keys_of(*rows.group);
  std::vector<std::uint64_t> of_chosen;
  for (const std::uint32_t row : chosen) of_chosen.push_back(keys[row]);
  const Blocks blocks = blocks_of(of_chosen);
  if (blocks.groups == chosen.size()) return;
  later.group_column = rows.group->name;
  later.groups = blocks.groups;
  later.blocks = blocks_of_entries(later.said.front().probabilities, blocks.of);
}

/// The end of the last window; nothing where all rows are asked for.
std::optional<std::int64_t> last_end(const Models& models, const PromoteOptions& options) {
  if (options.all_rows) return std::nullopt;
  std::int64_t end = 0;
  for (const SavedModel* saved : models) {
    end = std::max(end, saved->model.provenance.window->until);
  }
  return end;
}

}  // namespace

LaterRows score_later_rows(const Models& models, const ObjectPlace& place,
                           const PromoteOptions& options, const TableOptions& text,
                           const Control& control) {
  LabelledRowsRequest request{{}, "", options.group_column, kUsualGroup, text};
  for (const SavedModel* saved : models) request.schemas.push_back(&saved->model.schema);
  if (!options.all_rows) {
    request.time = options.time_column.empty() ? models.front()->model.provenance.window->column
                                               : options.time_column;
  }
  const LabelledRows rows = read_labelled_rows(*place.store, place.key, request, control);
  refuse_other_point(models.front()->model, rows);
  if (rows.times) refuse_what_is_no_time(*rows.times, rows.name);
  LaterRows later{.table = rows.name, .time_column = request.time};
  later.after = last_end(models, options);
  const std::vector<std::uint32_t> chosen = chosen_rows(rows, later.after);
  for (std::size_t m = 0; m < models.size(); ++m) {
    later.said.push_back(said_of(models[m]->model, rows, rows.columns[m], chosen, control));
  }
  for (const std::uint32_t row : chosen) later.positives += rows.labels.positive[row];
  add_groups(rows, chosen, later);
  return later;
}

}  // namespace rarewood
