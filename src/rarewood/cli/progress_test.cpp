#include "rarewood/cli/progress.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(Progress, IsSilentForHalfASecond) {
  ProgressPace pace;
  EXPECT_EQ(pace.line("Counting", 0, 10.0), std::nullopt);
  EXPECT_EQ(pace.line("Counting", 0.4, 10.4), std::nullopt);
  EXPECT_EQ(pace.line("Counting", 0.5, 10.6), "Counting  50 %");
}

TEST(Progress, DrawsTenTimesASecondAtMost) {
  ProgressPace pace;
  pace.line("Counting", 0, 0);
  int lines = 0;
  for (int step = 0; step < 2000; ++step) {
    if (pace.line("Counting", 0.5, 0.5 + step / 1000.0)) ++lines;
  }
  EXPECT_GE(lines, 18);
  EXPECT_LE(lines, 21);
}

TEST(Progress, AQuickPassIsNeverSeen) {
  ProgressPace pace;
  EXPECT_EQ(pace.line("Counting", 0, 0), std::nullopt);
  EXPECT_EQ(pace.line("Counting", 1, 0.3), std::nullopt);
}

TEST(Progress, TellsTheTimeLeftAndClearsAtTheEnd) {
  ProgressPace pace;
  pace.line("Fitting", 0, 0);
  EXPECT_EQ(pace.line("Fitting", 0.25, 5), "Fitting  25 %, about 15 s left");
  EXPECT_EQ(pace.line("Fitting", 1, 20), "");
  EXPECT_EQ(pace.line("Fitting", 1, 20.1), std::nullopt);
}

TEST(Progress, EveryPassHasItsOwnHalfSecond) {
  ProgressPace pace;
  pace.line("Fitting", 0, 0);
  EXPECT_TRUE(pace.line("Fitting", 0.5, 1));
  EXPECT_EQ(pace.line("Scoring", 0, 1.2), std::nullopt);
  EXPECT_TRUE(pace.line("Scoring", 0.5, 1.8));
}

}  // namespace
}  // namespace rarewood
