#include "rarewood/base/utc.hpp"

#include <fmt/format.h>

namespace rarewood {
namespace {

struct Utc {
  std::chrono::year_month_day day;
  std::chrono::hh_mm_ss<std::chrono::milliseconds> time;
};

Utc utc(std::int64_t ms_since_1970) {
  const std::chrono::sys_time<std::chrono::milliseconds> moment{
      std::chrono::milliseconds{ms_since_1970}};
  const auto midnight = std::chrono::floor<std::chrono::days>(moment);
  return {std::chrono::year_month_day{midnight},
          std::chrono::hh_mm_ss<std::chrono::milliseconds>{moment - midnight}};
}

}  // namespace

std::string utc_text(std::int64_t ms_since_1970) {
  const auto [day, time] = utc(ms_since_1970);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count(),
                     time.subseconds().count());
}

std::string date_text(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string utc_stamp(std::int64_t ms_since_1970) {
  const auto [day, time] = utc(ms_since_1970);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace rarewood
