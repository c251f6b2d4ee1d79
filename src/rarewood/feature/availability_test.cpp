#include "rarewood/feature/availability.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(Availability, ComparesMomentsOfOneKind) {
  EXPECT_EQ(availability("before", ""), Availability::before);
  EXPECT_EQ(availability("after", "10min"), Availability::after);
  EXPECT_EQ(availability("300s", "10min"), Availability::before);
  EXPECT_EQ(availability("10min", "10min"), Availability::before);
  EXPECT_EQ(availability("601s", "10min"), Availability::after);
  EXPECT_EQ(availability("page:3", "page:4"), Availability::before);
  EXPECT_EQ(availability("page:5", "page:4"), Availability::after);
  EXPECT_EQ(availability("url:/cart", "url:/cart"), Availability::before);
}

TEST(Availability, KnowsThatTheEndIsLast) {
  EXPECT_EQ(availability("end", "10min"), Availability::after);
  EXPECT_EQ(availability("end", "end"), Availability::before);
  EXPECT_EQ(availability("page:9", "end"), Availability::before);
}

TEST(Availability, SaysNothingOfWhatCannotBeCompared) {
  EXPECT_EQ(availability("page:3", "10min"), Availability::unknown);
  EXPECT_EQ(availability("url:/a", "url:/b"), Availability::unknown);
  EXPECT_EQ(availability("10min", ""), Availability::unknown);
  EXPECT_EQ(availability({{"a", "after"}}, "b", "10min"), Availability::unknown);
}

TEST(Availability, RefusesOtherWords) {
  EXPECT_NO_THROW(check_available_at({{"a", "before"}, {"b", "2h"}, {"c", "page:1"}}));
  try {
    check_available_at({{"a", "later"}});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("'later' of the column 'a'"), std::string::npos);
  }
}

}  // namespace
}  // namespace rarewood
