#include "rarewood/workflow/audit_table.hpp"

#include <algorithm>

#include "rarewood/learn/learner.hpp"
#include "rarewood/workflow/auditing.hpp"
#include "rarewood/workflow/loading.hpp"
#include "rarewood/workflow/stopwatch.hpp"
#include "rarewood/workflow/what_if.hpp"

namespace rarewood {
namespace {

std::vector<std::string> learner_names() {
  std::vector<std::string> names;
  for (const LearnerEntry& learner : learners()) names.push_back(learner.name);
  return names;
}

/// Columns of the table that are features of nothing only because they were declared late.
std::vector<std::string> left_out_as_late(const TrainingTable& table,
                                          const FeatureOptions& options) {
  std::vector<std::string> names;
  for (const ColumnNote& note : table.notes) {
    const auto& excluded = options.exclude;
    const bool away = std::find(excluded.begin(), excluded.end(), note.name) != excluded.end();
    if (note.role == "left out" && !away) names.push_back(note.name);
  }
  return names;
}

}  // namespace

const OptionTable<AuditTableOptions>& audit_table_options() {
  static const OptionTable<AuditTableOptions> table = [] {
    OptionTable<AuditTableOptions> options("audit");
    options
        .add(&AuditTableOptions::table, "table",
             "Table to look at: a CSV or Parquet file or an s3:// URI; without it the store's "
             "processed-data/training_data.parquet")
        .not_in_model()
        .add(&AuditTableOptions::what_if, "what_if",
             "Fit again without a column (COLUMN) or with its numbers held to at most a cap "
             "(COLUMN=CAP), and show the figures beside the full ones")
        .not_in_model()
        .add(&AuditTableOptions::learner, "learner", "What learns in a --what-if, by its defaults")
        .words(learner_names())
        .not_in_model()
        .add(&AuditTableOptions::json, "json", "File for all findings and figures")
        .not_in_model();
    return options;
  }();
  return table;
}

AuditRecord audit_table(const AuditTableOptions& options, const TrainRequest& request,
                        const Control& control) {
  RunRecord read;  // of which only the facts about the table are used
  const Say silent = [](const std::string&) {};
  const TrainingTable table = load_table(request, read, silent, control);
  const CountedTable counted = split_table(table, request, read, silent, control);
  const Split split = split_by_fold(counted.cells, counted.folds);
  AuditRecord record;
  record.timings = read.timings;
  const Pairs& declared = request.feature.available_at;
  {
    const Stopwatch watch(record.timings, "audit");
    Scan scan = scan_table({counted.cells, counted.schema, split.train, declared},
                           grouped_rows(table, counted, request), control);
    record.findings = std::move(scan.findings);
    record.looked_for = std::move(scan.looked_for);
  }
  add_findings(find_known_later(left_out_as_late(table, request.feature),
                                table.schema.prediction_point, declared, LateColumn::left_out),
               record.findings);
  if (!options.what_if.empty()) {
    const Stopwatch watch(record.timings, "what_if");
    record.what_if = what_if(counted.cells, counted.schema, options.what_if,
                             {options.learner, counted.folds, request.seed}, control);
  }
  record.data = read.data;
  record.warnings = read.warnings;
  return record;
}

}  // namespace rarewood
