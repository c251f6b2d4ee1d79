#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rarewood {

/// What was wrong with the raw tables and was dealt with; rows unless said otherwise.
struct DirtCounts {
  std::uint64_t sessions_without_id = 0;     ///< left out
  std::uint64_t sessions_without_time = 0;   ///< they start at their first page view
  std::uint64_t duplicate_sessions = 0;      ///< same id again: one row kept
  std::uint64_t sessions_without_pages = 0;  ///< sessions; no prediction point, in `end` only
  std::uint64_t unusable_pageviews = 0;      ///< no time or no session: left out
  std::uint64_t duplicate_pageviews = 0;     ///< same id again: one row kept
  std::uint64_t orphan_pageviews = 0;        ///< of a session that is not in the table: left out
  std::uint64_t late_pageviews = 0;  ///< a higher id than a later view: put in order of time
  std::uint64_t pageviews_before_session = 0;  ///< dated before the session's own row: kept
  std::uint64_t unusable_orders = 0;           ///< no time or no session: left out
  std::uint64_t duplicate_orders = 0;          ///< same id again: one row kept
  std::uint64_t orphan_orders = 0;             ///< of a session that is not in the table: left out
  std::uint64_t further_orders = 0;      ///< of a session that ordered before: the first counts
  std::uint64_t unfounded_repeats = 0;   ///< is_repeat_session = 1 without an earlier session
  std::uint64_t overlooked_repeats = 0;  ///< is_repeat_session = 0 with an earlier session

  bool operator==(const DirtCounts&) const = default;
};

/// One line for each count that is not 0: "38 page views of unknown sessions, left out".
std::vector<std::string> dirt_lines(const DirtCounts& dirt);

}  // namespace rarewood
