#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "rarewood/option/option.hpp"
#include "rarewood/session/as_of.hpp"
#include "rarewood/session/journeys.hpp"
#include "rarewood/session/session_options.hpp"
#include "rarewood/store/store_options.hpp"
#include "rarewood/table/table_options.hpp"

namespace rarewood {

/// Where a training table comes from and goes to. Group "features".
struct FeatureFiles {
  std::string raw;  ///< "" = raw-data in the store
  std::string out = "processed-data/training_data.parquet";
};

const OptionTable<FeatureFiles>& feature_files_options();

/// All that `rarewood features` is told.
struct FeatureJob {
  FeatureFiles files;
  SessionOptions session;
  StoreOptions store;
  TableOptions text;
};

/// The raw tables of `files.raw`, or of the store's raw-data, put together.
/// \param zone  of stamps that name none
/// \throws Error as reading does
Journeys read_raw_journeys(const FeatureJob& job, const std::string& zone, const Control& control);

/// What was built from what.
struct BuiltFeatures {
  std::uint64_t sessions = 0;  ///< read
  std::uint64_t page_views = 0;
  std::uint64_t rows = 0;  ///< of the training table
  Population population;
  std::vector<std::pair<std::string, std::uint64_t>> left_out;  ///< reason, sessions
  std::vector<std::string> dirt;                                ///< a line for each count
  std::vector<std::string> warnings;
  std::string point;  ///< "at 10 min"
  bool leaks = false;
  bool simulated = false;
  std::string table_uri;
  std::string keys_uri;
};

/// Read the raw tables, see every session as of the point, write the training table and its keys.
///
/// Each carries the other's fingerprint, so that a reader notices a pair that does not match.
/// \throws Error as reading, `rows_as_of` and writing do.
BuiltFeatures build_features(const FeatureJob& job, const Control& control);

}  // namespace rarewood
