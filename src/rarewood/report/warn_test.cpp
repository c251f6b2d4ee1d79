#include "rarewood/report/warn.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(Warn, IsSaidAndKeptOnce) {
  std::vector<std::string> warnings{"Of old."};
  testing::internal::CaptureStderr();
  warn(warnings, "Few rows.");
  warn(warnings, "Few rows.");
  warn(warnings, "Of old.");
  warn(warnings, "Few groups.");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "warning: Few rows.\nwarning: Few groups.\n");
  EXPECT_EQ(warnings, (std::vector<std::string>{"Of old.", "Few rows.", "Few groups."}));
}

}  // namespace
}  // namespace rarewood
