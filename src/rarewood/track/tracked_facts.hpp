#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// One point of a curve that the server draws over its steps.
struct StepValue {
  std::string key;
  std::int64_t step = 0;
  double value = 0;
};

/// What a tracking server is told of a run besides its files. Keys are unique, values are finite.
struct TrackedFacts {
  std::vector<std::pair<std::string, std::string>> params;
  std::vector<std::pair<std::string, double>> metrics;
  std::vector<std::pair<std::string, std::string>> tags;
  std::vector<StepValue> curves;   ///< each key with ascending steps, each once
  std::set<std::string> of_model;  ///< keys of metrics that judge the model itself
};

/// The record's params and tags as they are, and besides:
/// metrics   <metric>, <metric>_low and _high, baseline_<name>_<metric> (baseline_oof_... where
///           judged out of fold), <slice>_<metric>, seconds_<pass>, peak_memory_bytes
/// curves    curve/roc, curve/precision_recall, curve/f1_by_threshold, .../precision_by_threshold,
///           .../recall_by_threshold, curve/calibration: the step is what is drawn to the right, in
///           thousandths (false positive rate, recall, threshold, mean probability)
/// tags      rarewood.data (simulated or real), rarewood.leak, rarewood.prediction_point,
///           rarewood.data_fingerprint, rarewood.test_part, rarewood.looks, rarewood.verdict,
///           mlflow.note.content (a description)
TrackedFacts tracked_facts(const RunRecord& record);

/// The value of one of the record's params; "" where it has none of that name.
std::string param_of(const RunRecord& record, const std::string& key);

/// The columns that are a proved leak, "rows in both parts", or "none found".
std::string leak_text(const RunRecord& record);

}  // namespace rarewood
