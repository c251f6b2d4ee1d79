#include "rarewood/learn/positive_weight.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

TEST(PositiveWeight, is_a_number_or_negatives_by_positives) {
  EXPECT_EQ(positive_weight("balanced", {440558, 32313}), 440558.0 / 32313);
  EXPECT_EQ(positive_weight("2.5", {440558, 32313}), 2.5);
}

TEST(PositiveWeight, refuses_what_is_no_weight) {
  for (const char* text : {"0", "-1", "auto", "", "nan", "inf", "1e10"}) {
    EXPECT_THROW(check_positive_weight(text), Error) << text;
  }
}

}  // namespace
}  // namespace rarewood
