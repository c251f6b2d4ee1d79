#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rarewood {

struct Interval {
  double low = 0;
  double high = 0;
};

/// A simple rival, judged on the same rows as the model.
struct Baseline {
  std::string name;         ///< "flag_all", "single_column", "no_resampling", "most_frequent"
  std::string description;  ///< "rate table of engagement_depth"
  std::string judged_on;    ///< "test" or "out_of_fold"
  std::map<std::string, double> metrics;
};

/// A suspicion or proof of a leak, or another fact about the data the user must know.
struct Finding {
  std::string kind;      ///< "leak"
  std::string column;
  std::string evidence;  ///< one sentence with its numbers
  std::string remedy;    ///< one sentence
};

struct TargetCheck {
  std::string metric;   ///< "f1_score"
  double minimum = 0;   ///< the contract's minimum
  double good = 0;      ///< the contract's "good"
  std::string verdict;  ///< "met", "not met", "uncertain", "not judged: leak"
};

struct FeatureImportance {
  std::string feature;
  double importance = 0;  ///< share of the total impurity decrease, sums to 1
};

/// Everything one run did and found, as plain data: console, report, journal and tracking read it.
struct RunRecord {
  std::string run_id;      ///< 32 hex digits
  std::string run_name;
  std::string experiment;
  std::string command;     ///< "train"
  std::int64_t started_at_ms = 0;  ///< UTC, milliseconds since 1970
  std::int64_t ended_at_ms = 0;
  std::string status;      ///< "FINISHED", "FAILED", "KILLED"

  std::vector<std::pair<std::string, std::string>> params;  ///< the contract's and every option
  std::map<std::string, double> metrics;                    ///< f1_score, auc_roc, ...
  std::map<std::string, Interval> intervals;                ///< by metric, 95 %
  std::vector<Baseline> baselines;
  std::vector<Finding> findings;
  std::vector<TargetCheck> targets;
  std::string verdict;  ///< is it better than the baselines, in one sentence
  std::vector<FeatureImportance> importance;  ///< descending
  std::map<std::string, double> timings;      ///< seconds by pass
  std::map<std::string, std::string> data;    ///< rows, distinct_rows, ... as JSON scalars
  std::vector<std::pair<std::string, std::string>> tags;
  std::vector<std::string> warnings;
  std::string classification_report;
  std::uint64_t confusion[2][2] = {{0, 0}, {0, 0}};  ///< [true][predicted], rows of the test part
  std::map<std::string, std::string> model_paths;    ///< "pkl", "onnx" -> URI
};

}  // namespace rarewood
