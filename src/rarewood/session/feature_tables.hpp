#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <arrow/type_fwd.h>

#include "rarewood/session/as_of.hpp"

namespace rarewood {

/// A training table, the table of keys beside it (row for row), and what was found on the way.
///
/// Both schemas carry metadata: rarewood.prediction_point, .rows, .sessions, .positives, .active,
/// .active_positives, .left_out (JSON: [{"reason", "rows"}]), .simulated, .timezone,
/// .outcome_window, .ingest_lag, .active_within, .data_end, .encoding, .fingerprint (as
/// table_fingerprint gives it) and .keys_fingerprint or .table_fingerprint (of the other one).
struct FeatureTables {
  std::shared_ptr<arrow::Table> table;  ///< [R] features, then is_ordered, then revenue
  /// [R] website_session_id, user_id, session_started_at, prediction_time, order_time,
  /// last_page_time
  std::shared_ptr<arrow::Table> keys;
  Population population;
  std::vector<std::string> warnings;
};

/// The training table as of the point.
///
/// One-hot: is_repeat_session, hour_of_day, is_weekend, engagement_depth, utm_source_gsearch,
/// utm_source_socialbook, device_type_mobile, landing_page_/lander-1 to -5 (12 features). Native:
/// utm_source, device_type and landing_page as text in place of the last eight.
/// is_repeat_session is 1 if another session of the same user began before this one's first page
/// view; where the user is unknown, what the raw table states. At `end` it is what the table
/// states.
/// \throws as rows_as_of does.
FeatureTables features_as_of(const Journeys& journeys, const SessionRules& rules,
                             const Control& control);

}  // namespace rarewood
