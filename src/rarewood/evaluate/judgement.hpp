#pragma once

#include <map>
#include <string>

namespace rarewood {

/// Where a number lies with 95 % confidence.
struct Interval {
  double low = 0;
  double high = 0;
};

/// A simple rival, judged on the same rows as the model.
struct Baseline {
  std::string name;         ///< "flag_all", "flag_none", "single_column", "no_resampling", "model"
  std::string description;  ///< "rate table of engagement_depth"
  std::string judged_on;    ///< "test", "out_of_fold", or "table": the rows given
  std::map<std::string, double> metrics;
};

/// The model's metric less a rival's, on the same rows.
struct MetricDifference {
  std::string rival;  ///< a Baseline's name
  std::string metric;
  double difference = 0;
  Interval interval;  ///< 95 %, paired
  double chance = 1;  ///< of one as large where there is none, adjusted for all of this rival
};

struct TargetCheck {
  std::string metric;        ///< "f1_score"
  double minimum = 0;        ///< the contract's minimum
  double good = 0;           ///< the contract's "good"
  std::string verdict;       ///< of the minimum: "met", "not met", "uncertain", "not judged: leak"
  std::string good_verdict;  ///< the same of "good"
};

}  // namespace rarewood
