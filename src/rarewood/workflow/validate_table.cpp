#include "rarewood/workflow/validate_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "rarewood/base/error.hpp"
#include "rarewood/feature/checked_table.hpp"
#include "rarewood/model/score.hpp"
#include "rarewood/pattern/split.hpp"
#include "rarewood/report/validation_report.hpp"
#include "rarewood/report/warn.hpp"
#include "rarewood/workflow/loading.hpp"
#include "rarewood/workflow/row_groups.hpp"
#include "rarewood/workflow/score_table.hpp"

namespace rarewood {
namespace {

/// The model's own probabilities; none where a column is not what the model needs.
std::vector<float> probabilities_of(const Model& model, CheckedTable& table,
                                    const Control& control) {
  const bool whole = std::ranges::all_of(table.columns, [](const CheckedColumn& column) {
    return column.present && column.problem.empty();
  });
  if (!whole || table.rows == 0) return {};
  Columns columns{static_cast<std::size_t>(table.rows), {}};
  for (CheckedColumn& column : table.columns) columns.values.push_back(std::move(column.values));
  std::vector<float> probabilities = predict(model, columns, control).probability;
  for (std::size_t f = 0; f < table.columns.size(); ++f) {
    table.columns[f].values = std::move(columns.values[f]);
  }
  return probabilities;
}

/// What to say where the groups of training are not known of these rows.
std::string group_warning(const GroupColumn& wish, const CheckedTable& table) {
  if (wish.name.empty() || table.group || table.rows == 0) return "";
  if (!table.group_problem.empty()) {
    return table.group_problem + " The rows of '" + table.name + "' count as independent.";
  }
  if (wish.name == kUsualGroup) return "";  // of a keys file, which nobody named
  return "The model was trained with rows of one '" + wish.name + "' together, and '" + table.name +
         "' has no such column: its rows count as independent. Name another with --group-column.";
}

void note_group(const CheckedTable& table, const WholeGroups& groups, Validation& validation) {
  if (groups.empty()) return;
  validation.group_column = table.group->name;
  validation.groups = groups.end.size();
}

}  // namespace

const OptionTable<ValidateOptions>& validate_options() {
  static const OptionTable<ValidateOptions> table = [] {
    OptionTable<ValidateOptions> options("validate");
    options
        .add(&ValidateOptions::table, "table",
             "Table to look at: a CSV or Parquet file or an s3:// URI; without it the store's "
             "processed-data/training_data.parquet")
        .not_in_model()
        .add(&ValidateOptions::model, "model",
             "Saved model whose expectations hold, .onnx or .pkl: a path, a URI, or a key of the "
             "store")
        .not_in_model()
        .add(&ValidateOptions::group_column, "group_column",
             "Whose rows go together, in the table or its keys file: they count as fewer; without "
             "it the column of training, where the table has it")
        .not_in_model()
        .add(&ValidateOptions::if_model, "if_model",
             "Where there is no model yet, or it keeps no expectations, say so and end well")
        .not_in_model()
        .add(&ValidateOptions::json, "json", "File for the verdict and every check")
        .not_in_model();
    return options;
  }();
  return table;
}

Validation validate_against(const SavedModel& loaded, const ObjectPlace& place,
                            const ValidatePlan& plan, const Control& control) {
  const Model& model = loaded.model;
  if (!loaded.expectations) {
    throw Error(ErrorKind::data, "The model '" + loaded.name +
                                     "' keeps no expectations that this rarewood can read. Train "
                                     "it again to hold tables against it.");
  }
  const std::string& asked = plan.group_column;
  const GroupColumn wish{asked.empty() ? group_column_of(model.provenance) : asked, !asked.empty()};
  CheckedTable table =
      read_checked_table(*place.store, place.key, {model.schema, wish, plan.text}, control);
  const std::vector<float> probabilities = probabilities_of(model, table, control);
  Validation validation{.table = table.name,
                        .model = loaded.name,
                        .target = model.schema.target.name,
                        .rows = table.rows,
                        .training_rows = loaded.expectations->rows,
                        .group_column = {},
                        .groups = 0,
                        .warning = group_warning(wish, table),
                        .checks = {}};
  WholeGroups groups;
  if (table.group) groups = whole_groups(keys_of(*table.group));
  note_group(table, groups, validation);
  validation.checks = check_expectations(
      {model.schema, *loaded.expectations, table, probabilities, std::move(groups)}, plan.tolerance,
      control);
  return validation;
}

Validation validate_table(const ValidateJob& job, const Control& control) {
  const SavedModel loaded = load_model(job.validate.model, job.store, control);
  const ObjectPlace place = training_place(job.validate.table, job.store, control);
  return validate_against(loaded, place, {job.text, job.tolerance, job.validate.group_column},
                          control);
}

std::string nothing_expected(const ValidateJob& job, const Control& control) {
  const ObjectPlace place = model_place(job.validate.model, job.store, control);
  if (!place.store->find(place.key)) return "There is no model '" + place.uri() + "' yet.";
  if (load_model(place).expectations) return "";
  return "The model '" + place.uri() + "' keeps no expectations.";
}

std::vector<std::string> heed(const Validation& validation, OnUnexpected on) {
  std::vector<std::string> warnings;
  if (!validation.warning.empty()) warn(warnings, validation.warning);
  for (const ExpectationCheck& check : checks_to_tell(validation)) {
    warn(warnings, check_sentence(check));
  }
  if (on == OnUnexpected::fail && validation.verdict() >= Verdict::fail) {
    throw Error(ErrorKind::check,
                fmt::format("'{}' is not what the model {} expects: {} of {} expectations are met. "
                            "See 'rarewood validate', or go on with --validate warn.",
                            validation.table, validation.model, validation.met(),
                            validation.checks.size()));
  }
  return warnings;
}

}  // namespace rarewood
