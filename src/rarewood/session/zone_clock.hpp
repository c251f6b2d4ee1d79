#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace date {
class time_zone;  // NOLINT(readability-identifier-naming): the library's name
}

namespace rarewood {

/// A moment as text told it; seconds since 1970-01-01 00:00.
struct Stamp {
  std::int64_t seconds = 0;
  bool zoned = false;  ///< true: of UTC; false: of whatever clock hung on the writer's wall
};

/// Read "2012-03-19 08:04:16", "2012-03-19T08:04:16.25Z", "2012-03-19 10:04+02:00", "2012-03-19"
/// or whole seconds since 1970. Fractions of a second are cut off.
std::optional<Stamp> parse_stamp(std::string_view text);

/// "2012-03-19 08:04:16Z"
std::string stamp_text(std::int64_t utc_seconds);

/// Wall clock of one IANA zone, with the system's own zone files. Not shared between threads: a
/// copy each, as it remembers the last stretch of equal offset.
class ZoneClock {
 public:
  /// \throws Error(usage) if the zone is unknown, naming a near one.
  explicit ZoneClock(const std::string& zone);

  /// Seconds of UTC for seconds of the wall clock. An hour that occurs twice is its first
  /// occurrence; one that is skipped is counted on from before the skip.
  std::int64_t to_utc(std::int64_t wall);

  std::int64_t to_utc(const Stamp& stamp) {
    return stamp.zoned ? stamp.seconds : to_utc(stamp.seconds);
  }

  /// Seconds of the wall clock for seconds of UTC.
  std::int64_t to_wall(std::int64_t utc);

 private:
  const date::time_zone* zone_ = nullptr;  ///< null: UTC
  std::int64_t begin_ = 1;                 ///< [begin_, end_) of UTC has offset_; empty at first
  std::int64_t end_ = 0;
  std::int64_t offset_ = 0;
};

}  // namespace rarewood
