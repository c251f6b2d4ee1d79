#include "rarewood/workflow/loading.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <nlohmann/json.hpp>

#include "rarewood/base/text.hpp"
#include "rarewood/feature/prediction_point.hpp"
#include "rarewood/pattern/count.hpp"
#include "rarewood/pattern/fingerprint.hpp"
#include "rarewood/pattern/sklearn_split.hpp"
#include "rarewood/report/console.hpp"
#include "rarewood/report/warn.hpp"
#include "rarewood/store/location.hpp"
#include "rarewood/workflow/active_slice.hpp"
#include "rarewood/workflow/column_log.hpp"
#include "rarewood/workflow/stopwatch.hpp"
#include "rarewood/workflow/test_rows.hpp"

namespace rarewood {
namespace {

/// The column an option must name for a kind of split.
struct KeyColumn {
  SplitKind kind;
  std::string SplitOptions::* column;
  const char* option;
  const char* split;  ///< as --split names the kind
  const char* usual;  ///< column of the keys file beside the conversion job's table
};

constexpr KeyColumn kKeyColumns[] = {
    {SplitKind::time, &SplitOptions::time_column, "--time-column", "time", kUsualTime},
    {SplitKind::group, &SplitOptions::group_column, "--group-column", "group", kUsualGroup},
    {SplitKind::hash, &SplitOptions::id_column, "--id-column", "hash", "website_session_id"},
    {SplitKind::column, &SplitOptions::fold_column, "--fold-column", "column", ""},
};

std::vector<std::string> key_columns(const TrainRequest& request) {
  const SplitOptions& split = request.split;
  std::vector<std::string> columns;
  for (const KeyColumn& key : kKeyColumns) {
    const std::string& named = split.*key.column;
    // Times and groups are judged by whatever the split: see time_check.hpp, test_rows.hpp.
    const bool decides_only = key.kind == SplitKind::hash || key.kind == SplitKind::column;
    if (split.split != key.kind && !named.empty() && decides_only) {
      throw Error(ErrorKind::usage, std::string(key.option) + " goes with --split " + key.split +
                                        ". Say that too, or leave it out.");
    }
    if (!named.empty()) columns.push_back(named);
    if (split.split != key.kind || !named.empty()) continue;
    if (!request.train.table.empty() || *key.usual == '\0') {
      throw Error(ErrorKind::usage,
                  std::string("This --split needs a column: name it with ") + key.option + ".");
    }
    columns.push_back(key.usual);
  }
  for (const NamedGroup& named : named_groups(request)) {
    if (std::ranges::find(columns, named.column) == columns.end()) columns.push_back(named.column);
  }
  return columns;
}

std::vector<std::string> key_texts(const RowKeys& keys) {
  std::vector<std::string> texts;
  for (const std::int64_t value : keys.values) {
    texts.push_back(keys.texts.empty() ? std::to_string(value)
                                       : keys.texts[static_cast<std::size_t>(value)]);
  }
  return texts;
}

/// True where numpy sorts the positive label before the negative: numbers by value, texts bytewise.
bool positive_sorts_first(const Target& target) {
  const auto negative = parse_double(target.negative);
  const auto positive = parse_double(target.positive);
  if (negative && positive) return *positive < *negative;
  return target.positive < target.negative;
}

/// The rows scikit-learn would hold back, given the table's target as it stands.
std::vector<std::uint32_t> sklearn_folds(const TrainingTable& table, const TrainRequest& request) {
  std::vector<std::uint8_t> second = table.labels;
  if (positive_sorts_first(table.schema.target)) {
    for (std::uint8_t& label : second) label ^= 1U;
  }
  return folds_by_sklearn(second, request.split.test_size, request.seed);
}

const std::vector<std::int64_t>& times_of(const RowKeys& keys) {
  if (keys.texts.empty()) return keys.values;
  throw Error(ErrorKind::data, "The column '" + keys.name +
                                   "' is text, whose order is no order in time. Name a column "
                                   "of dates, time stamps or numbers with --time-column.");
}

/// Whole groups must fill every fold and the test part.
void refuse_few_groups(const RowKeys& keys, std::uint32_t folds) {
  const std::set<std::int64_t> groups(keys.values.begin(), keys.values.end());
  if (groups.size() > folds) return;
  throw Error(ErrorKind::data,
              std::to_string(groups.size()) + " groups of " + keys.name + " cannot fill " +
                  std::to_string(folds) +
                  " folds and a test part: whole groups go to one of these. Lower "
                  "--folds, name a column with more groups with --group-column, or "
                  "choose another --split.");
}

/// Folds per row where rows have an identity; empty for a draw on counts.
std::vector<std::uint32_t> row_folds(const TrainingTable& table, const TrainRequest& request,
                                     std::uint32_t& folds) {
  const RowKeys* keys = deciding_keys(table, request.split);
  const SplitOptions& split = request.split;
  switch (split.split) {
    case SplitKind::stratified: break;
    case SplitKind::sklearn: return sklearn_folds(table, request);
    case SplitKind::time:
      return folds_by_time(times_of(*keys), split.test_size, time_gap(table, split));
    case SplitKind::group: refuse_few_groups(*keys, folds); [[fallthrough]];
    case SplitKind::hash: return folds_by_key(keys_of(*keys), split.test_size, folds, request.seed);
    case SplitKind::column: return folds_by_column(key_texts(*keys), folds);
  }
  return {};
}

std::string how_split(const SplitOptions& split, const RowKeys* keys) {
  switch (split.split) {
    case SplitKind::stratified: break;
    case SplitKind::sklearn: return "the rows of scikit-learn's train_test_split";
    case SplitKind::time: return "latest rows by " + keys->name;
    case SplitKind::group: return "whole groups of " + keys->name;
    case SplitKind::hash: return "by a hash of " + keys->name;
    case SplitKind::column: return "folds of " + keys->name;
  }
  return "";
}

std::string metadata_text(const TrainingTable& table, const std::string& key) {
  const auto found = table.metadata.find(key);
  return found == table.metadata.end() ? "" : found->second;
}

bool is_typed(const RawOptions& raw, const std::string& option) {
  const auto found = raw.find(option);
  return found != raw.end() && found->second.origin == Origin::flag;
}

/// Written by the session room as [{"reason", "rows"}]; anything else is not ours and says nothing.
std::vector<LeftOut> left_out_of(const TrainingTable& table) {
  std::vector<LeftOut> parts;
  const auto list =
      nlohmann::json::parse(metadata_text(table, "rarewood.left_out"), nullptr, false);
  if (!list.is_array()) return parts;
  for (const auto& part : list) {
    if (!part.is_object()) continue;
    parts.push_back({part.value("reason", ""), part.value("rows", std::uint64_t{0})});
  }
  return parts;
}

/// Take rows that belong to neither part away. \return what is to be said of it
std::string leave_out_gap(std::vector<Cell>& cells, const TrainingTable& table,
                          const TrainRequest& request, RunRecord& record) {
  const std::uint64_t rows = drop_left_out(cells);
  if (rows == 0) return "";
  const ClassTotals totals = class_totals(cells);
  record.data.rows = totals.rows();
  record.data.class_rows = {totals.n0, totals.n1};
  const std::string reason =
      "less than " + duration_text(time_gap(table, request.split)) + " before the test rows";
  record.data.left_out.push_back({reason, rows});
  return "   Left out: " + thousands(rows) + " " + reason + "\n";
}

}  // namespace

const RowKeys* deciding_keys(const TrainingTable& table, const SplitOptions& split) {
  for (const KeyColumn& key : kKeyColumns) {
    if (split.split != key.kind) continue;
    return find_keys(table, (split.*key.column).empty() ? key.usual : split.*key.column);
  }
  return nullptr;
}

const RowKeys* row_times(const TrainingTable& table, const SplitOptions& split) {
  const std::string name = split.time_column.empty() ? "prediction_time" : split.time_column;
  const RowKeys* keys = find_keys(table, name);
  return keys == nullptr || keys->texts.empty() ? keys : nullptr;
}

std::int64_t time_gap(const TrainingTable& table, const SplitOptions& split) {
  if (split.time_gap != "auto") return parse_duration("--time-gap", split.time_gap);
  const std::string window = metadata_text(table, "rarewood.outcome_window");
  return window.empty() ? 0 : parse_duration("rarewood.outcome_window", window);
}

namespace {

std::string kind_word(FeatureKind kind) {
  switch (kind) {
    case FeatureKind::boolean: return "boolean";
    case FeatureKind::category: return "category";
    case FeatureKind::time: return "time";
    case FeatureKind::number: break;
  }
  return "number";
}

}  // namespace

DataFacts facts_of(const TrainingTable& table) {
  DataFacts data;
  data.table = table.name;
  data.target = table.schema.target.name;
  data.labels = {table.schema.target.negative, table.schema.target.positive};
  data.prediction_point = table.schema.prediction_point;
  data.rows = table.columns.rows;
  const auto positive = static_cast<std::uint64_t>(
      std::count(table.labels.begin(), table.labels.end(), std::uint8_t{1}));
  data.class_rows = {data.rows - positive, positive};
  data.features = table.schema.features.size();
  for (const Feature& feature : table.schema.features) {
    data.columns.push_back({feature.name, kind_word(feature.kind)});
  }
  data.left_out = left_out_of(table);
  data.simulated = metadata_text(table, "rarewood.simulated") == "true";
  return data;
}

namespace {

/// Rows of weight 0 are not learned from.
void refuse_weightless_class(const TrainingTable& table) {
  std::array<bool, 2> weighs{};
  for (std::size_t row = 0; row < table.weights.size(); ++row) {
    if (table.weights[row] > 0) weighs.at(table.labels[row]) = true;
  }
  if (weighs[0] && weighs[1]) return;
  throw Error(ErrorKind::data,
              std::string("All ") + (weighs[1] ? "negative" : "positive") +
                  " rows weigh 0, and such rows are not learned from. Give some of "
                  "them a weight above 0.");
}

/// Rows of one moment stay together, so that a split by time may miss the size asked for.
void warn_of_size(const SplitOptions& split, std::size_t rows, RunRecord& record) {
  constexpr double kTolerated = 0.01;
  const double share = static_cast<double>(record.data.test_rows) /
                       static_cast<double>(std::max<std::size_t>(rows, 1));
  if (split.split != SplitKind::time || share - split.test_size <= kTolerated) return;
  warn(record.warnings, "The test part holds " + fixed(100 * share, 1) +
                            " % of the rows instead of " + fixed(100 * split.test_size, 1) +
                            " %: rows of one moment stay together. A time column of finer steps "
                            "would come nearer.");
}

/// Cut the counted rows as asked.
CellTable cut(const CellTable& cells, std::uint32_t folds, const TrainRequest& request) {
  const SplitKind kind = request.split.split;
  CellTable parts = kind == SplitKind::stratified
                        ? draw_test_part(cells, request.split.test_size, request.seed)
                        : cells;
  const bool folds_are_drawn =
      kind == SplitKind::stratified || kind == SplitKind::sklearn || kind == SplitKind::time;
  return folds_are_drawn ? draw_folds(parts, folds, request.seed) : parts;
}

}  // namespace

ObjectPlace training_place(const std::string& table, const StoreOptions& store,
                           const Control& control) {
  if (!table.empty()) return resolve(table, store, control);
  ObjectPlace place{open_store(store, control), kTrainingTableKey};
  if (place.store->find(place.key)) return place;
  throw Error(ErrorKind::external,
              "There is no training table '" + place.store->uri(place.key) +
                  "'. Build it with 'rarewood features', or name a table of your own with "
                  "--table.");
}

TrainingTable load_table(const TrainRequest& request, RunRecord& record, const Say& say,
                         const Control& control) {
  const bool own = !request.train.table.empty();
  const ObjectPlace place = training_place(request.train.table, request.store, control);
  TrainingTable table;
  {
    const Stopwatch watch(record.timings, "load");
    const TrainingRequest wanted{.features = request.feature,
                                 .table = request.table,
                                 .exclude_must_exist = is_typed(request.raw, "exclude"),
                                 .available_must_exist = is_typed(request.raw, "available_at"),
                                 .keys = key_columns(request),
                                 .false_positive_cost = request.decision.cost_false_positive_column,
                                 .false_negative_cost = request.decision.cost_false_negative_column,
                                 .keys_if_there = {kUsualGroup, kUsualTime},
                                 .keys_at_a_point = active_columns(),
                                 .levels = request.train.by};
    table = load_training_table(*place.store, place.key, wanted, control);
  }
  record.data = facts_of(table);
  if (own) log_taken(table.notes);
  log_left_out(table.notes, request.feature.exclude);
  for (const std::string& warning : table.warnings) warn(record.warnings, warning);
  if (!table.weights.empty()) refuse_weightless_class(table);
  // Only now is the target known that the banner names.
  say(banner_text(request.style, record.data.target));
  say(loading_text(request.style));
  say(loaded_text(request.style, record.data));
  return table;
}

CountedTable split_table(const TrainingTable& table, const TrainRequest& request, RunRecord& record,
                         const Say& say, const Control& control) {
  const RowKeys* keys = deciding_keys(table, request.split);
  say(splitting_text(request.style, how_split(request.split, keys), request.split.test_size));
  CountedTable counted{table.schema, {}, static_cast<std::uint32_t>(request.split.folds)};
  CountedRows rows;
  {
    const Stopwatch watch(record.timings, "count");
    counted.row_folds = row_folds(table, request, counted.folds);
    rows = count_rows(table.columns, table.schema,
                      {table.labels, counted.row_folds, table.weights, table.costs}, control);
  }
  record.data.fingerprint = cells_fingerprint(rows.table, table.schema);
  say(leave_out_gap(rows.table.cells, table, request, record));
  const Stopwatch watch(record.timings, "split");
  counted.cells = cut(rows.table, counted.folds, request);
  counted.pattern = std::move(rows.pattern);
  std::uint64_t test_rows = 0;
  for (const Cell& cell : counted.cells.cells) {
    if (cell.fold == kTestFold) test_rows += cell.rows();
  }
  record.data.distinct_rows = counted.cells.patterns->count;
  record.data.test_rows = test_rows;
  record.data.train_rows = record.data.rows - test_rows;
  say(split_text(record.data));
  warn_of_size(request.split, table.columns.rows, record);
  return counted;
}

}  // namespace rarewood
