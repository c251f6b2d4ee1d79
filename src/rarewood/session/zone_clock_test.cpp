#include "rarewood/session/zone_clock.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

constexpr std::int64_t first_view = 1332144256;  // 2012-03-19 08:04:16 UTC

std::int64_t seconds(std::string_view text) {
  const auto stamp = parse_stamp(text);
  EXPECT_TRUE(stamp.has_value()) << text;
  return stamp ? stamp->seconds : 0;
}

TEST(ParseStamp, ReadsTheUsualSpellings) {
  EXPECT_EQ(seconds("2012-03-19 08:04:16"), first_view);
  EXPECT_EQ(seconds("2012-03-19T08:04:16.999"), first_view);
  EXPECT_EQ(seconds(" 2012-03-19 08:04:16Z "), first_view);
  EXPECT_EQ(seconds("2012-03-19 10:04:16+02:00"), first_view);
  EXPECT_EQ(seconds("2012-03-19 03:34:16-0430"), first_view);
  EXPECT_EQ(seconds("1332144256"), first_view);
  EXPECT_EQ(seconds("2012-03-19"), first_view - (8 * 3600 + 4 * 60 + 16));
}

TEST(ParseStamp, KnowsWhetherTheZoneWasNamed) {
  EXPECT_FALSE(parse_stamp("2012-03-19 08:04:16")->zoned);
  EXPECT_TRUE(parse_stamp("2012-03-19 08:04:16 UTC")->zoned);
  EXPECT_TRUE(parse_stamp("1332144256")->zoned);
}

TEST(ParseStamp, RefusesWhatIsNoTime) {
  for (const char* text : {"", "soon", "2012", "2012-13-01", "2012-02-30", "2012-03-19 25:00",
                           "2012-03-19 08:04:16+2", "2012-03-19 08:04:16 CET", "19.03.2012"}) {
    EXPECT_FALSE(parse_stamp(text).has_value()) << text;
  }
}

TEST(StampText, ReadsBack) {
  EXPECT_EQ(stamp_text(first_view), "2012-03-19 08:04:16Z");
  EXPECT_EQ(seconds(stamp_text(-1)), -1);
}

TEST(ZoneClock, GoesBothWaysThroughTheYear) {
  ZoneClock clock("Europe/Berlin");
  EXPECT_EQ(clock.to_wall(seconds("2012-01-15 12:00")), seconds("2012-01-15 13:00"));
  EXPECT_EQ(clock.to_wall(seconds("2012-07-15 12:00")), seconds("2012-07-15 14:00"));
  for (std::int64_t t = seconds("2012-01-01"); t < seconds("2013-01-01"); t += 86400 / 4) {
    EXPECT_EQ(clock.to_utc(clock.to_wall(t)), t) << stamp_text(t);
  }
}

TEST(ZoneClock, DecidesSkippedAndRepeatedHours) {
  ZoneClock clock("Europe/Berlin");
  // 2012-10-28: 02:30 occurs twice, the first time in summer time.
  EXPECT_EQ(clock.to_utc(seconds("2012-10-28 02:30")), seconds("2012-10-28 00:30"));
  // 2012-03-25: 02:30 does not occur; half an hour after 02:00 it was 03:30.
  EXPECT_EQ(clock.to_utc(seconds("2012-03-25 02:30")), seconds("2012-03-25 01:30"));
}

TEST(ZoneClock, AnswersDoNotDependOnTheQuestionBefore) {
  ZoneClock warm("America/New_York");
  for (std::int64_t t = seconds("2012-03-09"); t < seconds("2012-03-13"); t += 900) {
    ZoneClock fresh("America/New_York");
    EXPECT_EQ(warm.to_utc(t), fresh.to_utc(t)) << stamp_text(t);
  }
}

TEST(ZoneClock, NamesANearZone) {
  try {
    ZoneClock clock("Europe/Berlim");
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("Europe/Berlin"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace rarewood
