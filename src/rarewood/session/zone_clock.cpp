#include "rarewood/session/zone_clock.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <vector>

#include <date/tz.h>
#include <fmt/format.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

using std::chrono::seconds;

constexpr std::int64_t day_seconds = 86400;

/// Take exactly `digits` digits from the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int number = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    number = number * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return number;
}

bool take_char(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::int64_t> take_date(std::string_view& text) {
  const auto year = take_number(text, 4);
  if (!year || !take_char(text, '-')) return std::nullopt;
  const auto month = take_number(text, 2);
  if (!month || !take_char(text, '-')) return std::nullopt;
  const auto day = take_number(text, 2);
  if (!day) return std::nullopt;
  const date::year_month_day whole{date::year(*year), date::month(static_cast<unsigned>(*month)),
                                   date::day(static_cast<unsigned>(*day))};
  if (!whole.ok()) return std::nullopt;
  return date::sys_days(whole).time_since_epoch().count() * day_seconds;
}

/// "08:04", "08:04:16" or "08:04:16.250", to seconds of the day.
std::optional<std::int64_t> take_clock(std::string_view& text) {
  const auto hour = take_number(text, 2);
  if (!hour || *hour > 23 || !take_char(text, ':')) return std::nullopt;
  const auto minute = take_number(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  if (take_char(text, ':')) {
    const auto found = take_number(text, 2);
    if (!found || *found > 60) return std::nullopt;
    second = *found;
    if (take_char(text, '.') || take_char(text, ',')) {
      while (!text.empty() && text.front() >= '0' && text.front() <= '9') text.remove_prefix(1);
    }
  }
  return *hour * 3600 + *minute * 60 + second;
}

/// "", "Z", " UTC", "+02", "+0200" or "+02:00", to seconds east of UTC.
bool take_offset(std::string_view text, Stamp& stamp) {
  if (text.empty()) return true;
  stamp.zoned = true;
  if (text == "Z" || text == "z" || text == " UTC" || text == "UTC") return true;
  const int sign = text.front() == '-' ? -1 : 1;
  if (!take_char(text, '+') && !take_char(text, '-')) return false;
  const auto hours = take_number(text, 2);
  if (!hours || *hours > 18) return false;
  int minutes = 0;
  if (!text.empty()) {
    take_char(text, ':');
    const auto found = take_number(text, 2);
    if (!found || *found > 59 || !text.empty()) return false;
    minutes = *found;
  }
  stamp.seconds -= sign * (*hours * 3600 + minutes * 60);
  return true;
}

/// Names of the zones this machine knows. The program may run where no time zones are installed.
std::vector<std::string> zone_names() {
  std::vector<std::string> names;
  try {
    for (const date::time_zone& known : date::get_tzdb().zones) names.push_back(known.name());
  } catch (const std::exception&) {
    throw Error(
        ErrorKind::external,
        "This machine has no time zones in /usr/share/zoneinfo. Install the package tzdata, "
        "or use the zone UTC.");
  }
  return names;
}

[[noreturn]] void refuse_zone(const std::string& zone) {
  const std::vector<std::string> names = zone_names();
  const auto near = nearest_word(zone, names);
  throw Error(ErrorKind::usage,
              fmt::format("There is no time zone '{}'. {}", zone,
                          near ? "Did you mean " + *near + "?"
                               : "Name an IANA zone such as UTC or Europe/Berlin."));
}

}  // namespace

std::optional<Stamp> parse_stamp(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.find_first_not_of("0123456789", 1) == std::string_view::npos && text.size() != 4) {
    const auto whole = parse_int64(text);
    if (!whole) return std::nullopt;
    return Stamp{*whole, true};
  }
  const auto day = take_date(text);
  if (!day) return std::nullopt;
  Stamp stamp{*day, false};
  if (text.empty()) return stamp;
  if (!take_char(text, ' ') && !take_char(text, 'T')) return std::nullopt;
  const auto clock = take_clock(text);
  if (!clock) return std::nullopt;
  stamp.seconds += *clock;
  if (!take_offset(text, stamp)) return std::nullopt;
  return stamp;
}

std::string stamp_text(std::int64_t utc_seconds) {
  const date::sys_seconds moment{seconds(utc_seconds)};
  return date::format("%Y-%m-%d %H:%M:%SZ", moment);
}

ZoneClock::ZoneClock(const std::string& zone) {
  if (zone == "UTC") return;
  try {
    zone_ = date::locate_zone(zone);
  } catch (const std::exception&) {
    refuse_zone(zone);
  }
}

std::int64_t ZoneClock::to_utc(std::int64_t wall) {
  if (zone_ == nullptr) return wall;
  const std::int64_t guess = wall - offset_;
  // A day from either change of offset nothing is skipped and nothing occurs twice.
  if (guess >= begin_ + day_seconds && guess < end_ - day_seconds) return guess;
  const auto found = zone_->get_info(date::local_seconds(seconds(wall)));
  begin_ = found.first.begin.time_since_epoch().count();
  end_ = found.first.end.time_since_epoch().count();
  offset_ = found.first.offset.count();
  return wall - offset_;
}

std::int64_t ZoneClock::to_wall(std::int64_t utc) {
  if (zone_ == nullptr) return utc;
  if (utc < begin_ || utc >= end_) {
    const auto found = zone_->get_info(date::sys_seconds(seconds(utc)));
    begin_ = found.begin.time_since_epoch().count();
    end_ = found.end.time_since_epoch().count();
    offset_ = found.offset.count();
  }
  return utc + offset_;
}

}  // namespace rarewood
