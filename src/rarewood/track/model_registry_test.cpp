#include "rarewood/track/model_registry.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "rarewood/report/record_for_test.hpp"
#include "rarewood/track/registry_for_test.hpp"

namespace rarewood {
namespace {

using Aliases = std::map<std::string, std::string>;

/// A run of the model "shop".
RunRecord run(std::int64_t started_ms) {
  RunRecord record = assigned_job();
  record.registered_model = "shop";
  record.started_at_ms = started_ms;
  record.ended_at_ms = started_ms + 5;
  record.tags = {{"rarewood.model_id", "0123"}, {"rarewood.version", "1"}, {"mlflow.user", "ann"}};
  return record;
}

/// One that wrote the model file of that name.
RunRecord run_in_use(std::int64_t started_ms) {
  RunRecord record = run(started_ms);
  record.model_paths["onnx"] = "./store/models/shop.onnx";
  return record;
}

RunRecord leaking(RunRecord record) {
  record.findings = {begin_finding(FindingLevel::proved, "leak", "L2", "paid")};
  return record;
}

void register_run(RegistryForTest& registry, const RunRecord& record) {
  const TrackingServer server = registry.server();
  set_aliases(server, create_version(server, "r", "m-1", record), record);
}

std::size_t count_of(const RegistryForTest& registry, const std::string& call) {
  return static_cast<std::size_t>(std::ranges::count(registry.asked, call));
}

TEST(ModelRegistry, MakesTheModelWhereThereIsNone) {
  RegistryForTest registry;
  registry.there = false;
  register_run(registry, run(100));
  EXPECT_EQ(count_of(registry, "registered-models/create"), 1U);
  EXPECT_EQ(registry.versions.size(), 1U);
  EXPECT_TRUE(registry.description.starts_with("Predicts `is_ordered`."));
  EXPECT_NE(registry.versions[0].created.value("description", "").find("AUC 0.780"),
            std::string::npos);
  register_run(registry, run(200));
  EXPECT_EQ(count_of(registry, "registered-models/create"), 1U);
}

TEST(ModelRegistry, TagsAVersionWithWhatItClaims) {
  RegistryForTest registry;
  register_run(registry, run_in_use(100));
  register_run(registry, run(200));
  register_run(registry, leaking(run_in_use(300)));
  const auto& tags = registry.versions[0].tags;
  EXPECT_EQ(tags.at("rarewood.started_at_ms"), "100");
  EXPECT_EQ(tags.at("rarewood.in_use_since_ms"), "105");
  EXPECT_EQ(tags.at("rarewood.model_id"), "0123");
  EXPECT_FALSE(tags.contains("mlflow.user"));
  EXPECT_FALSE(registry.versions[1].tags.contains("rarewood.in_use_since_ms"));
  EXPECT_FALSE(registry.versions[2].tags.contains("rarewood.in_use_since_ms"));
  EXPECT_EQ(registry.versions[2].tags.at("rarewood.leak"), "paid");
}

TEST(ModelRegistry, AsksNoMoreThanItMust) {
  RegistryForTest registry;
  register_run(registry, run_in_use(100));
  registry.asked.clear();
  register_run(registry, run_in_use(200));
  EXPECT_EQ(registry.asked,
            (std::vector<std::string>{"model-versions/create", "registered-models/get",
                                      "model-versions/get", "registered-models/alias",
                                      "registered-models/alias", "model-versions/search"}));
}

TEST(ModelRegistry, FirstVersionIsBoth) {
  RegistryForTest registry;
  register_run(registry, run(100));
  EXPECT_EQ(registry.aliases, (Aliases{{"challenger", "1"}, {"champion", "1"}}));
}

TEST(ModelRegistry, NewestRunIsChallengerAndTheOneInUseChampion) {
  RegistryForTest registry;
  register_run(registry, run_in_use(100));
  register_run(registry, run(300));
  EXPECT_EQ(registry.aliases, (Aliases{{"challenger", "2"}, {"champion", "1"}}));
  register_run(registry, run_in_use(200));  // sent late
  EXPECT_EQ(registry.aliases, (Aliases{{"challenger", "2"}, {"champion", "3"}}));
  register_run(registry, run_in_use(50));
  EXPECT_EQ(registry.aliases, (Aliases{{"challenger", "2"}, {"champion", "3"}}));
}

TEST(ModelRegistry, LeakingModelIsNoChampion) {
  RegistryForTest registry;
  register_run(registry, leaking(run_in_use(100)));
  EXPECT_EQ(registry.aliases, (Aliases{{"challenger", "1"}}));
  register_run(registry, run_in_use(200));
  register_run(registry, leaking(run_in_use(300)));
  EXPECT_EQ(registry.aliases, (Aliases{{"challenger", "3"}, {"champion", "2"}}));
}

TEST(ModelRegistry, OlderRunWhoseWriteCameLateGivesWay) {
  RegistryForTest registry;
  registry.after = [&](const std::string& call) {  // a newer one is sent whole in between
    if (call != "registered-models/get" || registry.versions.size() > 1) return;
    registry.aliases["challenger"] = registry.aliases["champion"] = registry.add(900, 905, "ef");
  };
  register_run(registry, run_in_use(100));
  EXPECT_EQ(registry.aliases, (Aliases{{"challenger", "2"}, {"champion", "2"}}));
}

TEST(ModelRegistry, PromotionOutranksEveryClaimBeforeIt) {
  RegistryForTest registry;
  const std::int64_t ahead = 1LL << 50;  // a machine whose clock is far ahead
  registry.add(100, 0, "ab");
  registry.add(ahead, ahead, "cd");
  registry.aliases = {{"challenger", "2"}, {"champion", "2"}};
  EXPECT_EQ(point_champion(registry.server(), "shop", "ab", 500), "1");
  EXPECT_EQ(registry.aliases.at("champion"), "1");
  EXPECT_EQ(registry.versions[0].tags.at("rarewood.in_use_since_ms"), std::to_string(ahead + 1));
  register_run(registry, run_in_use(200));  // sent late: it was in use before
  EXPECT_EQ(registry.aliases.at("champion"), "1");
}

TEST(ModelRegistry, ModelWrittenAfterAPromotionLookedOutranksItWheneverItsRunArrives) {
  RegistryForTest registry;
  registry.add(100, 0, "ab");
  EXPECT_EQ(point_champion(registry.server(), "shop", "ab", 500), "1");
  EXPECT_EQ(registry.versions[0].tags.at("rarewood.in_use_since_ms"), "500");
  register_run(registry, run_in_use(490));  // ended, and wrote its model, at 495: before the look
  EXPECT_EQ(registry.aliases.at("champion"), "1");
  register_run(registry, run_in_use(495));  // in the very millisecond of the look
  EXPECT_EQ(registry.aliases.at("champion"), "3");
}

TEST(ModelRegistry, ChampionThatIsRightIsLeftAsItIs) {
  RegistryForTest registry;
  registry.add(100, 105, "ab");
  registry.add(200, 0, "ab");  // the same model once more
  registry.aliases = {{"champion", "1"}};
  EXPECT_EQ(point_champion(registry.server(), "shop", "ab", 500), "1");
  EXPECT_EQ(count_of(registry, "registered-models/alias"), 0U);
  EXPECT_EQ(count_of(registry, "model-versions/set-tag"), 0U);
}

TEST(ModelRegistry, PromotionTakesTheNewestVersionOfAModel) {
  RegistryForTest registry;
  registry.add(100, 105, "ab");
  registry.add(200, 0, "cd");
  registry.add(300, 0, "cd");
  registry.aliases = {{"champion", "1"}};
  EXPECT_EQ(point_champion(registry.server(), "shop", "cd", 500), "3");
}

TEST(ModelRegistry, MovedAliasIsSetBackWithoutANewClaim) {
  RegistryForTest registry;
  registry.add(100, 0, "ab");
  registry.add(200, 205, "cd");
  registry.aliases = {{"champion", "1"}};  // somebody moved it
  EXPECT_EQ(point_champion(registry.server(), "shop", "cd", 500), "2");
  EXPECT_EQ(registry.aliases.at("champion"), "2");
  EXPECT_EQ(registry.versions[1].tags.at("rarewood.in_use_since_ms"), "205");
}

TEST(ModelRegistry, PromotionGivesWayToAModelThatCameIntoUseMeanwhile) {
  RegistryForTest registry;
  registry.add(100, 0, "ab");
  const std::int64_t later = 1LL << 50;
  registry.after = [&](const std::string& call) {
    if (call == "registered-models/alias" && registry.versions.size() == 1) {
      registry.add(200, later, "cd");
    }
  };
  EXPECT_EQ(point_champion(registry.server(), "shop", "ab", 500), "2");
  EXPECT_EQ(registry.aliases.at("champion"), "2");
}

TEST(ModelRegistry, ModelThatNoVersionCarriesIsToldHowToSendIt) {
  RegistryForTest registry;
  registry.add(100, 0, "ab");
  try {
    point_champion(registry.server(), "shop", "cd", 500);
    FAIL();
  } catch (const Error& error) {
    const std::string told = error.what();
    EXPECT_NE(told.find("carries model cd"), std::string::npos) << told;
    EXPECT_NE(told.find("rarewood sync"), std::string::npos) << told;
  }
}

// Of two that are the first to set an alias MLflow refuses one; then it is there to be set.
TEST(ModelRegistry, SetsAnAliasThatWasRefusedOnce) {
  RegistryForTest registry;
  registry.refused_aliases = 1;
  register_run(registry, run(100));
  EXPECT_EQ(registry.aliases.at("challenger"), "1");
  registry.refused_aliases = 2;
  EXPECT_THROW(register_run(registry, run(200)), Error);
}

}  // namespace
}  // namespace rarewood
