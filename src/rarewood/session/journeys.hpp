#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rarewood/base/control.hpp"
#include "rarewood/session/dirt.hpp"
#include "rarewood/session/event_columns.hpp"
#include "rarewood/session/raw_events.hpp"

namespace rarewood {

/// Every session with its page views in order of time and its first order, as plain arrays.
///
/// S sessions in ascending order of their id, V page views. Times are UTC seconds. Nothing depends
/// on the order of rows in the raw tables.
struct Journeys {
  std::vector<std::int64_t> session;     ///< [S] website_session_id
  std::vector<std::int64_t> user;        ///< [S] user_id, no_id where missing
  std::vector<std::int64_t> started_at;  ///< [S] created_at of the session's own row, or no_time
  /// [S] start of the first other session of this user; INT64_MAX where there is none
  std::vector<std::int64_t> other_start;
  std::vector<std::int8_t> stated_repeat;     ///< [S] is_repeat_session as given: 0, 1, -1 missing
  std::vector<std::uint32_t> source, device;  ///< [S] codes into the texts, no_code where missing
  std::vector<std::uint32_t> first_page;      ///< [S+1] page views of s: first_page[s] .. [s+1]-1
  std::vector<std::int64_t> page_time;        ///< [V] ascending within a session
  std::vector<std::uint32_t> page_url;        ///< [V] codes into urls
  std::vector<std::int64_t> order_time;       ///< [S] of the first order, or no_time
  std::vector<double> revenue;                ///< [S] of the first order; NaN where not given

  std::vector<std::string> sources, devices, urls;  ///< sorted
  std::int64_t last_session = no_time;              ///< latest times in each table
  std::int64_t last_pageview = no_time;
  std::int64_t last_order = no_time;
  bool simulated = false;
  DirtCounts dirt;

  std::size_t sessions() const { return session.size(); }
  std::span<const std::int64_t> times(std::size_t s) const {
    return std::span(page_time).subspan(first_page[s], first_page[s + 1] - first_page[s]);
  }
  std::span<const std::uint32_t> page_urls(std::size_t s) const {
    return std::span(page_url).subspan(first_page[s], first_page[s + 1] - first_page[s]);
  }
};

/// Put the raw rows together: one row a session, its views sorted, its first order.
/// \throws Error(data) if there is no session.
/// \cost linear in rows where ids are nearly dense; sorting only what is out of order.
Journeys join_journeys(const RawEvents& events, const Control& control);

/// read_raw_events, then join_journeys.
Journeys read_journeys(const RawTables& tables, const std::string& zone, const Control& control);

}  // namespace rarewood
