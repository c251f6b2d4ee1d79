#include "rarewood/report/record_json.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"

namespace rarewood {
namespace {

RunRecord full_record() {
  RunRecord record;
  record.run_id = "0123456789abcdef0123456789abcdef";
  record.run_name = "smote-forest";
  record.experiment = "Conversion_Prediction_Classification";
  record.command = "train";
  record.status = "FINISHED";
  record.mlflow_run_id = "m1";
  record.started_at_ms = 1330536630042;
  record.ended_at_ms = 1330536631042;
  record.params = {{"n_estimators", "200"},  {"learning_rate", "0.1"}, {"calibrate", "true"},
                   {"max_features", "sqrt"}, {"zip", "007"},           {"big", "1e400"}};
  record.metrics = {{"f1_score", 0.35}, {"auc_roc", std::nan("")}};
  record.intervals = {{"f1_score", {0.34, 0.36}}};
  record.baselines = {{"flag_all", "flag everyone", "test", {{"f1_score", 0.128}}}};
  record.slices = {{"active", "a page within 10 minutes", 905, 77, {{"auc_roc", 0.85}}}};
  record.test_part = "00ff";
  record.looks = 14;
  record.comparison = {.by = "f1_score",
                       .candidates = {{.name = {"forest", "smote"},
                                       .f1_score = 0.4,
                                       .intervals = {{"f1_score", {0.3, 0.5}}},
                                       .differences = {{"f1_score", {-0.1, {-0.2, 0.0}}}},
                                       .threshold = 0.3,
                                       .calibration = "beta",
                                       .seconds = 1.5}},
                       .chosen = {"forest", "smote"},
                       .indistinguishable = {"forest with smote"},
                       .skipped = {"dummy with smote: it cannot."},
                       .choice = "One."};
  record.findings = {begin_finding(FindingLevel::proved, "leak", "L2", "engagement_depth")};
  record.findings[0].interval = {0.9, 1};
  record.findings.push_back(begin_finding(FindingLevel::note, "duplicated", "", "a"));
  record.findings[1].others = {"b"};
  record.targets = {{"f1_score", 0.30, 0.40, "met", "not met"}};
  record.verdict = "Better than every baseline.";
  record.importance = {{"engagement_depth", 0.8}, {"hour_of_day", 0.2}};
  record.timings = {{"load", 0.03}, {"fit", 0.3}};
  record.peak_memory_bytes = 123456789;
  record.data.table = "s3://processed-data/training_data.parquet";
  record.data.target = "is_ordered";
  record.data.prediction_point = "10min";
  record.data.rows = 471848;
  record.data.distinct_rows = 12304;
  record.data.train_rows = 377478;
  record.data.test_rows = 94370;
  record.data.class_rows = {440558, 31290};
  record.data.features = 12;
  record.data.left_out = {{"already ordered at 10 min", 1023}, {"undecided", 7}};
  record.data.synthetic_rows = 62261;
  record.data.simulated = true;
  record.data.fingerprint = "9f";
  record.tags = {{"owner", "shop"}, {"ticket", "42"}};
  record.warnings = {"one"};
  record.classification_report = "a\n  b\n";
  record.confusion = {80000, 8112, 3000, 3463};
  record.model_paths = {{"pkl", "s3://models/classification_model.pkl"}};
  return record;
}

nlohmann::json parsed(const RunRecord& record) {
  return nlohmann::json::parse(record_to_json(record));
}

TEST(RecordJson, ComesBackAsItWas) {
  const std::string text = record_to_json(full_record());
  EXPECT_EQ(record_to_json(record_from_json(text)), text);
  EXPECT_EQ(record_from_json(text).params, full_record().params);
  EXPECT_EQ(record_from_json(text).tags, full_record().tags);
}

TEST(RecordJson, HasTheKeysScriptsRelyOn) {
  const auto json = parsed(full_record());
  for (const char* key : {"params", "metrics", "intervals", "baselines", "timings", "data",
                          "warnings", "findings", "targets", "verdict", "importance", "model_paths",
                          "classification_report", "confusion_matrix", "tags"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(json["started_at"], "2012-02-29T17:30:30.042Z");
  EXPECT_EQ(json["intervals"]["f1_score"]["low"], 0.34);
  EXPECT_EQ(json["confusion_matrix"][1][0], 3000);
}

TEST(RecordJson, HasWhatAComparisonCameTo) {
  const auto json = parsed(full_record());
  const auto& candidate = json["candidates"][0];
  EXPECT_EQ(candidate["learner"], "forest");
  EXPECT_EQ(candidate["balance"], "smote");
  EXPECT_EQ(candidate["differences"]["f1_score"]["interval"]["low"], -0.2);
  EXPECT_EQ(json["chosen"]["balance"], "smote");
  EXPECT_EQ(json["indistinguishable"][0], "forest with smote");
  EXPECT_EQ(json["test"]["metrics"]["f1_score"], 0.35);
  EXPECT_EQ(json["looks"], 14);
  EXPECT_FALSE(parsed(RunRecord{}).contains("test"));
}

TEST(RecordJson, KeepsNumbersAndBooleansAsSuch) {
  const auto json = parsed(full_record());
  EXPECT_EQ(json["data"]["rows"], 471848);
  EXPECT_EQ(json["data"]["simulated"], true);
  EXPECT_EQ(json["data"]["left_out"], 1030);
  EXPECT_EQ(json["params"]["n_estimators"], 200);
  EXPECT_EQ(json["params"]["calibrate"], true);
  EXPECT_EQ(json["params"]["zip"], "007");
  EXPECT_EQ(json["tags"]["ticket"], "42");
}

TEST(RecordJson, WritesNullForWhatCouldNotBeComputed) {
  const std::string text = record_to_json(full_record());
  EXPECT_TRUE(nlohmann::json::parse(text)["metrics"]["auc_roc"].is_null());
  EXPECT_TRUE(std::isnan(record_from_json(text).metrics.at("auc_roc")));
}

TEST(RecordJson, SurvivesBytesThatAreNoUtf8) {
  RunRecord record = full_record();
  record.data.labels = {"n\xe3o", "sim"};
  EXPECT_EQ(parsed(record)["data"]["labels"][1], "sim");
}

TEST(RecordJson, ReadsAnOlderRecordWithFewerKeys) {
  const RunRecord record = record_from_json(R"({"format_version": 1, "run_id": "ab"})");
  EXPECT_EQ(record.run_id, "ab");
  EXPECT_TRUE(record.metrics.empty());
}

TEST(RecordJson, RefusesWhatIsNoRecord) {
  EXPECT_THROW(record_from_json("{"), Error);
  EXPECT_THROW(record_from_json("[]"), Error);
  EXPECT_THROW(record_from_json(R"({"format_version": 99})"), Error);
  EXPECT_THROW(record_from_json(R"({"format_version": 1, "metrics": {"f1_score": "x"}})"), Error);
}

void expect_documented(const nlohmann::json& json, const std::string& page) {
  if (json.is_array() && !json.empty()) expect_documented(json[0], page);
  if (!json.is_object()) return;
  for (const auto& [key, value] : json.items()) {
    EXPECT_NE(page.find("`" + key + "`"), std::string::npos) << key;
    // Below these the keys are names of metrics, passes and options.
    if (key != "params" && key != "tags") expect_documented(value, page);
  }
}

TEST(RecordJson, IsDocumentedKeyByKey) {
  expect_documented(parsed(full_record()), read_file("docs/reference/run-record.md"));
}

}  // namespace
}  // namespace rarewood
