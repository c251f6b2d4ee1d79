#include "rarewood/feature/prediction_point.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

TEST(PredictionPoint, HasOneSpelling) {
  EXPECT_EQ(point_text(parse_prediction_point("10min")), "10min");
  EXPECT_EQ(point_text(parse_prediction_point("600s")), "10min");
  EXPECT_EQ(point_text(parse_prediction_point("10 m")), "10min");
  EXPECT_EQ(point_text(parse_prediction_point("90s")), "90s");
  EXPECT_EQ(point_text(parse_prediction_point("120min")), "2h");
  EXPECT_EQ(point_text(parse_prediction_point("0s")), "0s");
  for (const char* text : {"10min", "90s", "page:4", "url:/cart", "end"}) {
    const PredictionPoint point = parse_prediction_point(text);
    EXPECT_EQ(point_text(point), text);
    EXPECT_EQ(parse_prediction_point(point_text(point)), point);
  }
}

TEST(PredictionPoint, ReadsInSentences) {
  EXPECT_EQ(point_phrase(parse_prediction_point("10min")), "at 10 min");
  EXPECT_EQ(point_phrase(parse_prediction_point("page:4")), "at page 4");
  EXPECT_EQ(point_phrase(parse_prediction_point("url:/cart")), "at /cart");
  EXPECT_EQ(point_phrase(parse_prediction_point("end")), "at the end");
}

TEST(PredictionPoint, RefusesOtherTexts) {
  for (const char* text : {"", "10", "min", "-5min", "1.5h", "page:", "page:0", "page:x",
                           "url:", "End", "99999999999999999999s", "5 weeks"}) {
    EXPECT_THROW(parse_prediction_point(text), Error) << text;
  }
}

TEST(Duration, IsSeconds) {
  EXPECT_EQ(parse_duration("--ingest-lag", "90s"), 90);
  EXPECT_EQ(parse_duration("--ingest-lag", "24h"), 86400);
  EXPECT_EQ(duration_text(86400), "1d");
  EXPECT_EQ(duration_text(5400), "90min");
  EXPECT_EQ(duration_text(0), "0s");
  EXPECT_THROW(parse_duration("--ingest-lag", "soon"), Error);
}

}  // namespace
}  // namespace rarewood
