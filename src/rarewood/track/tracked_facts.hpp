#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rarewood/report/run_record.hpp"

namespace rarewood {

/// What a tracking server is told of a run besides its files. Keys are unique, values are finite.
struct TrackedFacts {
  std::vector<std::pair<std::string, std::string>> params;
  std::vector<std::pair<std::string, double>> metrics;
  std::vector<std::pair<std::string, std::string>> tags;
};

/// The record's params and tags as they are, and besides:
/// metrics   <metric>, <metric>_low and _high, baseline_<name>_<metric> (baseline_oof_... where
///           judged out of fold), <slice>_<metric>, seconds_<pass>, peak_memory_bytes
/// tags      rarewood.data (simulated or real), rarewood.leak, rarewood.prediction_point,
///           rarewood.data_fingerprint, rarewood.test_part, rarewood.looks, rarewood.verdict,
///           mlflow.note.content (a description)
TrackedFacts tracked_facts(const RunRecord& record);

}  // namespace rarewood
