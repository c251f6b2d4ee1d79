#include "rarewood/base/text.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(Text, ZeroHasNoSign) {
  EXPECT_EQ(fixed(-0.00004, 4), "0.0000");
  EXPECT_EQ(fixed(-0.0, 0), "0");
  EXPECT_EQ(fixed(-0.00006, 4), "-0.0001");
  EXPECT_EQ(signed_fixed(-0.00004, 4), "+0.0000");
  EXPECT_EQ(signed_fixed(-0.3, 2), "-0.30");
  EXPECT_EQ(signed_fixed(0.3, 2), "+0.30");
}

TEST(Text, AWordWithAValueIsGuessedByWhatStandsBeforeTheColon) {
  const std::vector<std::string> words{"f1", "cost", "recall:", "top:"};
  EXPECT_EQ(did_you_mean("recal:0.8", words), " Did you mean 'recall:0.8'?");
  EXPECT_EQ(did_you_mean("F1", words), " Did you mean 'f1'?");
  EXPECT_EQ(did_you_mean("recall:x", words), "") << "the word is right";
  EXPECT_EQ(did_you_mean("youden", words), "");
}

}  // namespace
}  // namespace rarewood
