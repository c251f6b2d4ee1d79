#include "rarewood/feature/column_roles.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <arrow/type.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/feature/availability.hpp"
#include "rarewood/table/table.hpp"
#include "rarewood/table/table_columns.hpp"

namespace rarewood {
namespace {

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// A second outcome: known only once the target is, so never a feature of it.
bool is_twin_outcome(const std::string& target, const std::string& column) {
  static constexpr std::array<std::pair<const char*, const char*>, 1> kTwins{
      {{"is_ordered", "revenue"}}};
  return std::any_of(kTwins.begin(), kTwins.end(), [&](const auto& twin) {
    return target == twin.first && column == twin.second;
  });
}

std::string choose_target(const std::vector<std::string>& names, const FeatureOptions& options,
                          const std::string& table) {
  if (!options.target.empty()) {
    if (!has(names, options.target)) refuse_missing_column(options.target, names, table);
    return options.target;
  }
  if (has(names, "is_ordered")) return "is_ordered";
  throw Error(ErrorKind::usage, "Say which column is to be predicted: --target NAME. '" + table +
                                    "' has " + listed(names) + ".");
}

void refuse_unknown(const char* option, const std::vector<std::string>& wanted,
                    const std::vector<std::string>& names, const std::string& table) {
  for (const std::string& name : wanted) {
    if (has(names, name)) continue;
    const auto meant = nearest_word(name, names);
    throw Error(ErrorKind::usage,
                std::string(option) + " names '" + name + "', which '" + table +
                    "' does not have. " +
                    (meant ? "Did you mean '" + *meant + "'?" : "It has " + listed(names) + "."));
  }
}

void refuse_contradictions(const FeatureOptions& options, const std::string& target) {
  for (const std::string& name : options.exclude) {
    if (name == target) {
      throw Error(ErrorKind::usage, "'" + name + "' is the target and cannot be excluded.");
    }
    for (const auto* other : {&options.include, &options.categorical}) {
      if (!has(*other, name)) continue;
      throw Error(ErrorKind::usage, "'" + name + "' is named by --exclude and by --" +
                                        (other == &options.include ? "include" : "categorical") +
                                        ". Keep one of them.");
    }
  }
  if (has(options.include, target) || has(options.categorical, target)) {
    throw Error(ErrorKind::usage, "'" + target + "' is the target and cannot be a feature, too.");
  }
}

void refuse_weight_column(const FeatureOptions& options, const std::vector<std::string>& names,
                          const ColumnPlan& plan, const std::string& table) {
  const std::string& weight = options.weight_column;
  if (weight.empty()) return;
  refuse_unknown("--weight-column", {weight}, names, table);
  if (weight == plan.target || has(options.exclude, weight) || has(options.include, weight)) {
    throw Error(ErrorKind::usage, "'" + weight +
                                      "' is the weight column and can be neither the target nor "
                                      "in --include or --exclude. Keep one of the two.");
  }
}

void refuse_cost_columns(const TrainingRequest& request, const std::vector<std::string>& names,
                         const ColumnPlan& plan, const std::string& table) {
  for (const auto& [option, cost] :
       {std::pair("--cost-false-positive-column", &request.false_positive_cost),
        std::pair("--cost-false-negative-column", &request.false_negative_cost)}) {
    if (cost->empty()) continue;
    refuse_unknown(option, {*cost}, names, table);
    if (*cost != plan.target) continue;
    throw Error(ErrorKind::usage, "'" + *cost + "' is the target and cannot be " + option +
                                      ", too. Name a column of costs.");
  }
}

/// A configuration file may name what only some tables have: no refusal.
void warn_of_slips(const char* option, const std::vector<std::string>& wanted,
                   const std::vector<std::string>& names, std::vector<std::string>& warnings) {
  for (const std::string& name : wanted) {
    if (has(names, name)) continue;
    const auto meant = nearest_word(name, names);
    if (!meant) continue;
    warnings.push_back(std::string(option) + " names '" + name +
                       "', which is no column. Did you mean '" + *meant + "'?");
  }
}

std::vector<std::string> names_of(const Pairs& pairs) {
  std::vector<std::string> names;
  for (const auto& [name, word] : pairs) names.push_back(name);
  return names;
}

/// Moments that cannot be compared with the table's prediction point decide nothing.
void warn_of_moments(const Pairs& declared, const std::string& point,
                     const std::vector<std::string>& names, std::vector<std::string>& warnings) {
  for (const auto& [column, word] : declared) {
    if (!has(names, column) || availability(word, point) != Availability::unknown) continue;
    warnings.push_back("--available-at says that '" + column + "' is known at " + word +
                       ", which cannot be compared with " +
                       (point.empty() ? "this table: it names no prediction point"
                                      : "the table's prediction point " + point) +
                       ". Write before or after.");
  }
}

struct Planner {
  const FeatureOptions& options;
  const std::vector<std::string>& keys;
  const std::vector<std::string>& levels;
  std::vector<std::string> costs;
  std::vector<std::string> not_features;
  std::string target;
  std::string point;  ///< prediction point of the table

  PlannedColumn plan(const arrow::Field& field) const {
    PlannedColumn column;
    column.name = field.name();
    column.is_key = has(keys, column.name);
    column.is_level = has(levels, column.name);
    column.is_cost = has(costs, column.name);
    column.note.name = column.name;
    column.note.type = type_words(*field.type());
    column.wish.included = has(options.include, column.name);
    column.wish.categorical = has(options.categorical, column.name);
    column.wish.max_levels = static_cast<std::uint64_t>(options.max_levels);
    if (column.name == target) {
      column.role = ColumnRole::target;
      column.note.role = "target";
    } else if (column.name == options.weight_column) {
      column.role = ColumnRole::weight;
      column.note.role = "weight of the row";
    } else if (has(options.exclude, column.name)) {
      leave_out(column, "excluded", "");
    } else if (!column.wish.included) {
      leave_out_unless_included(column);
    }
    if (column.is_cost && column.role == ColumnRole::not_wanted) column.role = ColumnRole::key;
    return column;
  }

  void leave_out_unless_included(PlannedColumn& column) const {
    const std::string undo = "--include " + column.name;
    if (is_twin_outcome(target, column.name) || has(not_features, column.name)) {
      leave_out(column, "it is known only after the outcome", undo);
    } else if (availability(options.available_at, column.name, point) == Availability::after) {
      leave_out(column, "it is declared as known only after the prediction point", undo);
    } else if (column.is_cost) {
      leave_out(column, "it is the cost of an error", undo);
    } else if (column.is_key) {
      leave_out(column, "rows are split by it", undo);
    }
  }

  static void leave_out(PlannedColumn& column, const std::string& why, const std::string& undo) {
    column.role = column.is_key || column.is_level ? ColumnRole::key : ColumnRole::not_wanted;
    column.note.role = column.is_key ? "key" : "left out";
    column.note.why = why;
    column.note.undo = undo;
  }
};

}  // namespace

std::string prediction_point_of(const TableForm& form) {
  const auto point = form.metadata.find("rarewood.prediction_point");
  return point == form.metadata.end() ? "" : point->second;
}

ColumnPlan plan_columns(const TableForm& form, const TrainingRequest& request,
                        const std::string& table) {
  const FeatureOptions& options = request.features;
  const std::vector<std::string> names = form.schema->field_names();
  ColumnPlan plan;
  plan.target = choose_target(names, options, table);
  refuse_contradictions(options, plan.target);
  refuse_unknown("--include", options.include, names, table);
  refuse_unknown("--categorical", options.categorical, names, table);
  refuse_weight_column(options, names, plan, table);
  refuse_cost_columns(request, names, plan, table);
  if (request.exclude_must_exist) refuse_unknown("--exclude", options.exclude, names, table);
  if (request.available_must_exist) {
    refuse_unknown("--available-at", names_of(options.available_at), names, table);
  }
  check_available_at(options.available_at);
  const std::string point = prediction_point_of(form);
  warn_of_slips("--exclude", options.exclude, names, plan.warnings);
  warn_of_slips("--available-at", names_of(options.available_at), names, plan.warnings);
  warn_of_moments(options.available_at, point, names, plan.warnings);

  const auto stated = form.metadata.find("rarewood.not_features");
  const Planner planner{.options = options,
                        .keys = request.keys,
                        .levels = request.levels,
                        .costs = {request.false_positive_cost, request.false_negative_cost},
                        .not_features = stated == form.metadata.end() ? std::vector<std::string>{}
                                                                      : list_items(stated->second),
                        .target = plan.target,
                        .point = point};
  for (const auto& field : form.schema->fields()) plan.columns.push_back(planner.plan(*field));
  for (const std::string& key : request.keys) {
    if (!has(names, key)) plan.missing_keys.push_back(key);
  }
  for (const std::string& level : request.levels) {
    if (!has(names, level)) plan.missing_levels.push_back(level);
  }
  return plan;
}

}  // namespace rarewood
