#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "rarewood/evaluate/judgement.hpp"

namespace rarewood {

/// A model of the run's recipe on rows it had not seen.
struct Sighting {
  std::uint64_t rows = 0;
  std::uint64_t positives = 0;
  double mean_probability = 0;
  double positive_rate = 0;
  Interval rate_interval;  ///< of positive_rate, 95 %
  std::map<std::string, double> metrics;
  std::map<std::string, Interval> intervals;  ///< by metric, 95 %
};

/// Does it hold over time: learned from the earliest rows and judged on the latest, beside learned
/// from and judged on rows drawn at random, both with models of the same size.
struct TimeCheck {
  std::string column;            ///< that tells the time; "" = there was no check
  std::int64_t tested_from = 0;  ///< first value of the column that is tested
  std::int64_t gap = 0;          ///< seconds before it without training rows
  std::uint64_t train_rows = 0;
  std::uint64_t left_out = 0;  ///< rows in the gap
  Sighting at_random;
  Sighting latest;
  bool agrees = true;
  std::string verdict;
};

}  // namespace rarewood
