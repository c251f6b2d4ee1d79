#pragma once

#include <cstdint>
#include <string>

#include "rarewood/feature/prediction_point.hpp"
#include "rarewood/option/option.hpp"

namespace rarewood {

enum class Encoding {
  onehot,  ///< the assigned job's columns, first level dropped, a missing or unseen level all zeros
  native   ///< utm_source, device_type and landing_page as text, missing stays missing
};

/// How raw tables become a training table, as the user writes it.
struct SessionOptions {
  std::string as_of = "10min";
  std::string outcome_window = "24h";
  std::string ingest_lag = "0s";
  std::string active_within = "10min";
  std::string timezone = "UTC";
  std::string data_end;  ///< "" = the latest event
  Encoding encoding = Encoding::onehot;
  bool minutes_since_last_page = false;
};

/// Group "features".
OptionTable<SessionOptions> session_options();

/// The same, read and checked; times in UTC seconds, durations in seconds.
struct SessionRules {
  PredictionPoint point;
  std::int64_t outcome_window = 86400;
  std::int64_t ingest_lag = 0;
  std::int64_t active_within = 600;
  std::string timezone = "UTC";
  std::int64_t data_end = INT64_MIN;  ///< INT64_MIN (no_time) = the latest event
  Encoding encoding = Encoding::onehot;
  bool minutes_since_last_page = false;
};

/// \throws Error(usage) on the first value that cannot be read, or on a contradiction.
SessionRules check_session_options(const SessionOptions& options);

}  // namespace rarewood
