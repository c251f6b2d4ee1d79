#include "rarewood/track/alias_claim.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/track/registry_for_test.hpp"

namespace rarewood {
namespace {

constexpr ClaimKind kStarted = &VersionClaim::started_ms;

VersionClaim started(const std::string& version, std::int64_t ms) {
  return {.version = version, .model_id = "", .started_ms = ms, .in_use_ms = 0};
}

TEST(AliasClaim, IsReadFromTagsAndNothingElse) {
  const auto json = nlohmann::json::parse(R"({"version": "7", "tags": [
    {"key": "rarewood.started_at_ms", "value": "1200"},
    {"key": "rarewood.in_use_since_ms", "value": "soon"},
    {"key": "rarewood.model_id", "value": "ab"}, {"key": "other", "value": "9"}]})");
  const VersionClaim claim = claim_from(json);
  EXPECT_EQ(claim.version, "7");
  EXPECT_EQ(claim.started_ms, 1200);
  EXPECT_EQ(claim.in_use_ms, 0) << "no number claims nothing";
  EXPECT_EQ(claim.model_id, "ab");
  EXPECT_EQ(claim_from(nlohmann::json::parse(R"({"version": "8"})")).started_ms, 0);
}

TEST(AliasClaim, IsATotalOrder) {
  EXPECT_TRUE(outranks(started("1", 5), started("2", 4), kStarted));
  EXPECT_TRUE(outranks(started("10", 5), started("9", 5), kStarted)) << "by number, not by text";
  EXPECT_FALSE(outranks(started("9", 5), started("9", 5), kStarted));
}

TEST(AliasClaim, OfTheGreatestIsRightfulAndNobodyIsWithoutOne) {
  EXPECT_EQ(rightful({started("1", 4), started("2", 9), started("3", 6)}, kStarted)->version, "2");
  EXPECT_EQ(rightful({started("1", 4), started("2", 9)}, &VersionClaim::in_use_ms), nullptr);
  EXPECT_EQ(rightful({}, kStarted), nullptr);
}

TEST(AliasClaim, ListsAllPagesOrTheLatest) {
  RegistryForTest registry;
  for (int v = 0; v < 450; ++v) registry.add(v, 0, "");
  const TrackingServer server = registry.server();
  const auto all = list_versions(server, "shop", 0);
  ASSERT_EQ(all.size(), 450U);
  EXPECT_EQ(all.front().version, "450");
  EXPECT_EQ(all.back().version, "1");
  EXPECT_EQ(list_versions(server, "shop", 50).size(), 50U);
}

TEST(AliasClaim, SettlesAtOnceWhereNobodyElseIs) {
  RegistryForTest registry;
  registry.add(1, 0, "");
  registry.add(2, 0, "");
  const auto set =
      settle_aliases(registry.server(), "shop", {{"challenger", kStarted, started("2", 2)}});
  EXPECT_EQ(set, std::vector<std::string>{"2"});
  EXPECT_EQ(registry.asked,
            (std::vector<std::string>{"registered-models/alias", "model-versions/search"}));
}

TEST(AliasClaim, GivesWayToAGreaterOneThatCameMeanwhile) {
  RegistryForTest registry;
  registry.add(1, 0, "");
  registry.after = [&](const std::string& call) {  // one more each time, three in all
    const auto count = static_cast<std::int64_t>(registry.versions.size());
    if (call == "registered-models/alias" && count < 4) registry.add(count + 1, 0, "");
  };
  settle_aliases(registry.server(), "shop", {{"challenger", kStarted, started("1", 1)}});
  EXPECT_EQ(registry.aliases.at("challenger"), "4");
}

TEST(AliasClaim, SettlesEachAliasByItsOwnClaim) {
  RegistryForTest registry;
  registry.add(1, 10, "");
  registry.add(2, 0, "");
  const VersionClaim first{.version = "1", .model_id = "", .started_ms = 1, .in_use_ms = 10};
  settle_aliases(registry.server(), "shop",
                 {{"challenger", kStarted, first}, {"champion", &VersionClaim::in_use_ms, first}});
  EXPECT_EQ(registry.aliases.at("challenger"), "2");
  EXPECT_EQ(registry.aliases.at("champion"), "1");
}

TEST(AliasClaim, GivesUpWhereNewerOnesNeverEnd) {
  RegistryForTest registry;
  registry.add(1, 0, "");
  registry.after = [&](const std::string& call) {
    const auto count = static_cast<std::int64_t>(registry.versions.size());
    if (call == "registered-models/alias") registry.add(count + 1, 0, "");
  };
  EXPECT_THROW(
      settle_aliases(registry.server(), "shop", {{"challenger", kStarted, started("1", 1)}}),
      Error);
}

}  // namespace
}  // namespace rarewood
