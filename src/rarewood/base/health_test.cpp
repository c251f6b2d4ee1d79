#include "rarewood/base/health.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

TEST(Health, KeepsWhatStepsFound) {
  ServiceHealth health{"store", "./store", {}};
  health.look_at("name", [] { return HealthFinding{"127.0.0.1"}; });
  health.look_at("clock", [] { return HealthFinding{"6 minutes apart", true}; });
  ASSERT_EQ(health.steps.size(), 2U);
  EXPECT_EQ(health.steps[0].verdict, HealthVerdict::well);
  EXPECT_EQ(health.steps[0].found, "127.0.0.1");
  EXPECT_EQ(health.steps[1].verdict, HealthVerdict::warned);
  EXPECT_FALSE(health.failed());
}

TEST(Health, TriesNothingAfterAFailure) {
  ServiceHealth health{"store", "", {}};
  bool tried = false;
  health.look_at("connection", []() -> HealthFinding {
    throw Error(ErrorKind::external, "Nobody answers. Start it.");
  });
  health.look_at("clock", [&] {
    tried = true;
    return HealthFinding{"well"};
  });
  EXPECT_TRUE(health.failed());
  EXPECT_FALSE(tried);
  EXPECT_EQ(health.steps[0].found, "Nobody answers. Start it.");
  EXPECT_EQ(health.steps[1].verdict, HealthVerdict::not_tried);
}

TEST(Health, LetsAnInterruptionThrough) {
  ServiceHealth health;
  EXPECT_THROW(
      health.look_at("connection",
                     []() -> HealthFinding { throw Error(ErrorKind::interrupted, "Stopped."); }),
      Error);
}

}  // namespace
}  // namespace rarewood
