#include "rarewood/cli/general.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/process.hpp"

namespace rarewood {
namespace {

TEST(General, ReadsSizesOfMemory) {
  EXPECT_EQ(memory_limit_bytes("8GB"), 8'000'000'000U);
  EXPECT_EQ(memory_limit_bytes("1.5 gib"), 1'610'612'736U);
  EXPECT_EQ(memory_limit_bytes("4096"), 4096U);
  EXPECT_EQ(memory_limit_bytes("none"), 0U);
  EXPECT_GT(memory_limit_bytes("auto"), 100'000'000U);
  for (const char* text : {"", "much", "8 G B", "-1GB", "0", "1.2.3GB", "8XB"}) {
    EXPECT_THROW(memory_limit_bytes(text), Error) << text;
  }
}

TEST(General, ThreadsAreThoseAskedForOrAllCores) {
  EXPECT_EQ(control_of({.n_jobs = 3}, {}).threads, 3);
  EXPECT_EQ(control_of({.n_jobs = -1}, {}).threads, available_cores());
  EXPECT_THROW(control_of({.n_jobs = 0}, {}), Error);
}

TEST(General, PlainHasNoMovingLines) {
  EXPECT_TRUE(control_of({}, {}).progress);
  EXPECT_FALSE(control_of({.plain = true}, {}).progress);
}

}  // namespace
}  // namespace rarewood
