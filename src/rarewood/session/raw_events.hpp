#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/session/raw_tables.hpp"

namespace rarewood {

/// Rows of website_sessions, in file order; what is missing is no_id, no_time or no_code.
struct RawSessions {
  std::vector<std::int64_t> id;
  std::vector<std::int64_t> time;  ///< created_at, UTC seconds
  std::vector<std::int64_t> user;  ///< empty if the table has no user_id
  std::vector<double> repeat;      ///< is_repeat_session, NaN missing; empty if not in the table
  std::vector<std::uint32_t> source, device;  ///< codes of the texts below
  std::vector<std::string> sources, devices;  ///< sorted
};

/// Rows of website_pageviews.
struct RawPageviews {
  std::vector<std::int64_t> id;  ///< website_pageview_id; empty if the table has none
  std::vector<std::int64_t> time;
  std::vector<std::int64_t> session;
  std::vector<std::uint32_t> url;
  std::vector<std::string> urls;  ///< sorted
};

/// Rows of orders.
struct RawOrders {
  std::vector<std::int64_t> id;  ///< order_id; empty if the table has none
  std::vector<std::int64_t> time;
  std::vector<std::int64_t> session;
  std::vector<double> revenue;  ///< price_usd, or revenue; empty if the table has neither
};

struct RawEvents {
  RawSessions sessions;
  RawPageviews pageviews;
  RawOrders orders;
  bool simulated = false;
};

/// Read the columns that are needed; others are skipped. Stamps without zone are of `zone`.
/// \throws Error(data) naming table and column if one is missing or of an unusable type;
///         Error(usage) on an unknown zone.
RawEvents read_raw_events(const RawTables& tables, const std::string& zone, const Control& control);

}  // namespace rarewood
