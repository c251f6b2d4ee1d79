#include "rarewood/base/utc.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(Utc, WritesTheMomentWithMilliseconds) {
  EXPECT_EQ(utc_text(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(utc_text(1330536630042), "2012-02-29T17:30:30.042Z");
}

TEST(Utc, StampsSortByTime) {
  EXPECT_EQ(utc_stamp(1330536630042), "20120229T173030Z");
  EXPECT_LT(utc_stamp(1330536630042), utc_stamp(1330536631042));
}

}  // namespace
}  // namespace rarewood
