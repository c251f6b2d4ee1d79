#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "rarewood/audit/finding.hpp"
#include "rarewood/evaluate/calibration_figures.hpp"
#include "rarewood/evaluate/curve_steps.hpp"
#include "rarewood/evaluate/decision_facts.hpp"
#include "rarewood/evaluate/judgement.hpp"
#include "rarewood/evaluate/metrics.hpp"
#include "rarewood/evaluate/segment.hpp"
#include "rarewood/explain/importance.hpp"
#include "rarewood/report/comparison_facts.hpp"
#include "rarewood/report/time_check.hpp"

namespace rarewood {

/// Rows that were not learned from or judged on, and why.
struct LeftOut {
  std::string reason;  ///< "already ordered at 10 min"
  std::uint64_t rows = 0;
};

/// Part of the test rows, known at the moment of prediction, judged beside all of them.
struct Slice {
  std::string name;         ///< "active"
  std::string description;  ///< "a page seen within the last 10 minutes"
  std::uint64_t rows = 0;
  std::uint64_t positives = 0;
  std::map<std::string, double> metrics;      ///< of the model, at the threshold of all rows
  std::map<std::string, Interval> intervals;  ///< by metric, 95 %
  std::vector<Baseline> baselines;            ///< on the same rows
};

/// Groups of rows that are no independent rows, such as those of a user.
struct GroupFacts {
  std::string column;        ///< "" where rows are independent
  std::uint64_t groups = 0;  ///< among the judged rows
};

/// A column the model reads.
struct ColumnFact {
  std::string name;
  std::string kind;  ///< "number", "boolean", "category", "time"
};

/// What was learned from and judged on.
struct DataFacts {
  std::string table;                            ///< path or URI
  std::string target;                           ///< column
  std::array<std::string, 2> labels{"0", "1"};  ///< as in the table: negative, positive
  std::string prediction_point;                 ///< "10min", "page:4", "end" or ""
  std::uint64_t rows = 0;                       ///< train + test; not those left out
  std::uint64_t distinct_rows = 0;              ///< patterns the rows fold to
  std::uint64_t train_rows = 0;
  std::uint64_t test_rows = 0;
  std::array<std::uint64_t, 2> class_rows{};  ///< of `rows`: negative, positive
  std::uint64_t features = 0;
  std::vector<ColumnFact> columns;  ///< the features, in the order of the table
  std::vector<LeftOut> left_out;
  GroupFacts groups;                 ///< intervals are by whole groups
  std::uint64_t synthetic_rows = 0;  ///< made by resampling for the last fit
  bool simulated = false;            ///< made by `rarewood sample`
  std::string fingerprint;           ///< of the table's content, hex
};

/// Everything one run did and found, as plain data: console, report, journal and tracking read it.
///
/// Numbers that could not be computed are NaN; in JSON they are null.
struct RunRecord {
  std::string run_id;       ///< 32 hex digits
  std::string test_part;    ///< names the rows it was judged on; "" where none were held back
  std::uint64_t looks = 0;  ///< runs of the journal that judged these rows, with this one
  std::string run_name;
  std::string experiment;
  std::string command;             ///< "train"
  std::int64_t started_at_ms = 0;  ///< UTC, milliseconds since 1970
  std::int64_t ended_at_ms = 0;
  std::string status;         ///< "FINISHED", "FAILED", "KILLED"
  std::string mlflow_run_id;  ///< on the tracking server; "" where none has the run

  std::vector<std::pair<std::string, std::string>> params;  ///< the contract's and every option
  std::map<std::string, double> metrics;                    ///< f1_score, auc_roc, ...
  std::map<std::string, Interval> intervals;                ///< by metric, 95 %
  /// By metric: variance by whole groups of rows / by rows; empty where rows are independent.
  std::map<std::string, double> design_effects;
  ThresholdFacts threshold;
  CalibrationFacts calibration;
  std::vector<CurveStep> curve;  ///< of the model on the test rows, thresholds descending
  std::vector<Baseline> baselines;
  std::vector<MetricDifference> differences;  ///< from the baselines on the same test rows
  Slice all_rows;  ///< by cross-fitting, where the test part holds few positive rows; else no rows
  std::vector<Slice> slices;
  TimeCheck time_check;
  std::vector<Segmentation> segmentations;  ///< the model by the levels of columns
  ComparisonFacts comparison;               ///< of `compare`
  std::vector<Finding> findings;
  std::vector<TargetCheck> targets;
  std::string verdict;                        ///< is it better than the baselines, in one sentence
  std::vector<FeatureImportance> importance;  ///< descending
  std::string importance_measure = "share of impurity decrease";  ///< what they are
  std::map<std::string, double> timings;                          ///< seconds by pass
  std::uint64_t peak_memory_bytes = 0;
  DataFacts data;
  std::vector<std::pair<std::string, std::string>> tags;
  std::vector<std::string> warnings;
  std::string classification_report;
  Confusion confusion;   ///< of the test rows
  std::string model_id;  ///< 16 hex digits of the SHA-256 of its ONNX bytes; "" without a model
  /// "pkl", "onnx" -> URI; in S3 also "pkl_version", "onnx_version", which no other run writes
  std::map<std::string, std::string> model_paths;
  std::string registered_model;  ///< in MLflow's registry; "" = the model is not meant for it
};

}  // namespace rarewood
