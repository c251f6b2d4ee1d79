#include "rarewood/track/run_words.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/report/record_for_test.hpp"

namespace rarewood {
namespace {

RunRecord job() {
  RunRecord record = assigned_job();
  record.started_at_ms = 1'795'654'934'000;  // 2026-11-26 01:02:14
  record.data.table = "s3://processed-data/training_data.parquet";
  record.data.prediction_point = "10min";
  record.data.fingerprint = "0123abcd";
  return record;
}

TEST(RunTitle, SaysHowAndWhen) {
  RunRecord record = job();
  EXPECT_EQ(run_title(record), "forest-smote 2026-11-26 01:02");
  record.params = {{"learner", "xgboost"}, {"balance", "none"}};
  EXPECT_EQ(run_title(record), "xgboost 2026-11-26 01:02");
  record.command = "compare";
  EXPECT_EQ(run_title(record), "compare 2026-11-26 01:02");
  record.run_name = "monday's";
  EXPECT_EQ(run_title(record), "monday's");
}

TEST(VersionDescription, SaysWhatItIsAndHowWellItDid) {
  EXPECT_EQ(version_description(job()),
            "forest with smote, threshold by best F1: predicts `is_ordered` as of 10min, learnt "
            "from 378,296 of 472,871 rows of `training_data.parquet` (fingerprint `0123abcd`).\n\n"
            "On 94,575 test rows AUC 0.780 (0.775 to 0.785) and F1 0.347 (0.340 to 0.354). No leak "
            "was found.");
}

TEST(VersionDescription, WarnsOfLeaksAndSimulatedData) {
  RunRecord record = job();
  record.findings = {begin_finding(FindingLevel::proved, "leak", "L2", "paid")};
  record.data.simulated = true;
  const std::string text = version_description(record);
  EXPECT_NE(text.find("**A leak is proved**: paid. **Simulated data.**"), std::string::npos)
      << text;
}

TEST(VersionDescription, LeavesOutWhatIsNotKnown) {
  RunRecord record = job();
  record.metrics = {{"auc_roc", std::nan("")}};
  record.data.table.clear();
  record.data.prediction_point.clear();
  record.data.fingerprint.clear();
  record.threshold.words.clear();
  EXPECT_EQ(version_description(record),
            "forest with smote: predicts `is_ordered`, learnt from 378,296 of 472,871 rows.\n\nNo "
            "leak was found.");
  const double unknown = std::nan("");
  record.metrics = {{"auc_roc", 0.573}, {"f1_score", 0.25}};
  record.intervals["auc_roc"] = {unknown, unknown};
  record.intervals["f1_score"] = {0.2, unknown};
  const std::string text = version_description(record);
  EXPECT_NE(text.find("test rows AUC 0.573 and F1 0.250. No leak"), std::string::npos) << text;
}

TEST(RegisteredModelDescription, SaysWhatTheAliasesMean) {
  const std::string text = registered_model_description(job());
  EXPECT_TRUE(text.starts_with("Predicts `is_ordered`.")) << text;
  EXPECT_NE(text.find("`champion` is the version in use"), std::string::npos);
}

}  // namespace
}  // namespace rarewood
