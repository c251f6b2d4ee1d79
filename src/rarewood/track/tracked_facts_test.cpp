#include "rarewood/track/tracked_facts.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "rarewood/report/record_for_test.hpp"
#include "rarewood/track/log_batch.hpp"

namespace rarewood {
namespace {

template <typename Value>
Value value_of(const std::vector<std::pair<std::string, Value>>& items, const std::string& key) {
  const auto found = std::ranges::find(items, key, &std::pair<std::string, Value>::first);
  return found == items.end() ? Value{} : found->second;
}

TEST(TrackedFacts, NameEveryNumberByWhereItComesFrom) {
  RunRecord record = assigned_job();
  record.baselines = {{"flag_all", "", "test", {{"f1_score", 0.128}}},
                      {"flag_all", "", "out_of_fold", {{"f1_score", 0.127}}}};
  record.slices = {{"active", "", 905, 77, {{"auc_roc", 0.85}}}};
  record.timings = {{"fit", 0.3}};
  const TrackedFacts facts = tracked_facts(record);
  EXPECT_EQ(value_of(facts.metrics, "f1_score"), 0.3472);
  EXPECT_EQ(value_of(facts.metrics, "f1_score_low"), 0.3398);
  EXPECT_EQ(value_of(facts.metrics, "auc_roc_high"), 0.7855);
  EXPECT_EQ(value_of(facts.metrics, "baseline_flag_all_f1_score"), 0.128);
  EXPECT_EQ(value_of(facts.metrics, "baseline_oof_flag_all_f1_score"), 0.127);
  EXPECT_EQ(value_of(facts.metrics, "active_auc_roc"), 0.85);
  EXPECT_EQ(value_of(facts.metrics, "seconds_fit"), 0.3);
  EXPECT_EQ(value_of(facts.params, "n_estimators"), "200");
}

TEST(TrackedFacts, HoldNoNumberThatCouldNotBeComputed) {
  RunRecord record = assigned_job();
  record.metrics["auc_roc"] = std::nan("");
  for (const auto& [key, value] : tracked_facts(record).metrics) {
    EXPECT_TRUE(std::isfinite(value)) << key;
  }
}

TEST(TrackedFacts, TagTheLeakAndTheSimulation) {
  RunRecord record = assigned_job();
  EXPECT_EQ(value_of(tracked_facts(record).tags, "rarewood.data"), "real");
  EXPECT_EQ(value_of(tracked_facts(record).tags, "rarewood.leak"), "none found");
  record.data.simulated = true;
  record.findings = {begin_finding(FindingLevel::proved, "leak", "L2", "engagement_depth"),
                     begin_finding(FindingLevel::note, "drift", "L3.3", "hour_of_day")};
  record.findings[0].evidence = "It is 7.";
  record.findings[0].remedy = "Fix a point.";
  const TrackedFacts facts = tracked_facts(record);
  EXPECT_EQ(value_of(facts.tags, "rarewood.data"), "simulated");
  EXPECT_EQ(value_of(facts.tags, "rarewood.leak"), "engagement_depth");
  EXPECT_EQ(value_of(facts.tags, "mlflow.note.content"),
            "**Simulated data**: no claim of quality on a real shop.\n\n"
            "**leak**: It is 7. Fix a point.\n\n");
}

TEST(TrackedFacts, KeepTheFirstOfAKeyGivenTwice) {
  RunRecord record = assigned_job();
  record.params.emplace_back("n_estimators", "9");
  const TrackedFacts facts = tracked_facts(record);
  EXPECT_EQ(value_of(facts.params, "n_estimators"), "200");
  EXPECT_EQ(
      std::ranges::count(facts.params, "n_estimators", &std::pair<std::string, std::string>::first),
      1);
}

TEST(LogBatch, StaysWithinTheServersLimits) {
  TrackedFacts facts;
  for (int i = 0; i < 250; ++i) facts.params.emplace_back("p" + std::to_string(i), "1");
  for (int i = 0; i < 2100; ++i) facts.metrics.emplace_back("m" + std::to_string(i), 0.5);
  for (int i = 0; i < 130; ++i) facts.tags.emplace_back("t" + std::to_string(i), "x");
  std::size_t params = 0;
  std::size_t metrics = 0;
  std::size_t tags = 0;
  for (const std::string& body : log_batches({"run", 7}, facts)) {
    const auto json = nlohmann::json::parse(body);
    EXPECT_EQ(json["run_id"], "run");
    EXPECT_LE(json["params"].size(), 100U);
    EXPECT_LE(json["tags"].size(), 100U);
    EXPECT_LE(json["params"].size() + json["metrics"].size() + json["tags"].size(), 1000U);
    params += json["params"].size();
    metrics += json["metrics"].size();
    tags += json["tags"].size();
  }
  EXPECT_EQ(params, 250U);
  EXPECT_EQ(metrics, 2100U);
  EXPECT_EQ(tags, 130U);
}

TEST(LogBatch, SplitsBodiesThatWouldBeTooLong) {
  TrackedFacts facts;
  for (int i = 0; i < 100; ++i) {
    facts.params.emplace_back("p" + std::to_string(i), std::string(6000, 'x'));
    facts.tags.emplace_back("t" + std::to_string(i), std::string(8000, 'x'));
  }
  const auto bodies = log_batches({"run", 7}, facts);
  EXPECT_GE(bodies.size(), 2U);
  for (const std::string& body : bodies) EXPECT_LT(body.size(), 1'000'000U);
}

TEST(LogBatch, CutsLongValuesBetweenCharacters) {
  TrackedFacts facts;
  std::string value;
  for (int i = 0; i < 4000; ++i) value += "\xc3\xa9";  // two bytes each
  facts.params = {{"p", "x" + value}};
  const auto json = nlohmann::json::parse(log_batches({"run", 7}, facts).at(0));
  const std::string sent = json["params"][0]["value"];
  EXPECT_LE(sent.size(), 6000U);
  EXPECT_TRUE(sent.ends_with("\xc3\xa9..."));
}

TEST(LogBatch, LinksTheModelsOwnMetricsToIt) {
  TrackedFacts facts;
  facts.metrics = {{"f1_score", 0.5}, {"seconds_fit", 2}};
  facts.of_model = {"f1_score"};
  facts.curves = {{"curve/roc", 250, 0.75}};
  const auto json = nlohmann::json::parse(
      log_batches({"run", 7, "m-1", "visits.csv", "0123"}, facts).at(0))["metrics"];
  EXPECT_EQ(json[0]["model_id"], "m-1");
  EXPECT_EQ(json[0]["dataset_name"], "visits.csv");
  EXPECT_FALSE(json[1].contains("model_id"));
  EXPECT_EQ(json[2]["step"], 250);
  EXPECT_EQ(json[2]["value"], 0.75);
}

TEST(TrackedFacts, DrawCurvesInThousandths) {
  RunRecord record = assigned_job();
  record.curve = {{0.9, 0.25, 1, 0, 0.4}, {0.1, 1, 0.5, 1, 0.667}};
  std::map<std::pair<std::string, std::int64_t>, double> points;
  for (const StepValue& point : tracked_facts(record).curves) {
    EXPECT_TRUE(points.emplace(std::pair{point.key, point.step}, point.value).second);
  }
  EXPECT_EQ((points.at({"curve/roc", 0})), 0.25);
  EXPECT_EQ((points.at({"curve/roc", 1000})), 1);
  EXPECT_EQ((points.at({"curve/precision_recall", 250})), 1);
  EXPECT_EQ((points.at({"curve/f1_by_threshold", 100})), 0.667);
}

TEST(LogBatch, SendsNothingOfNothing) { EXPECT_TRUE(log_batches({"run", 7}, {}).empty()); }

}  // namespace
}  // namespace rarewood
