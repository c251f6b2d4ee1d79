#include "rarewood/report/console.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "rarewood/report/record_for_test.hpp"

namespace rarewood {
namespace {

/// The assigned job's texts in order, as the training command prints them. The table that follows
/// the key metrics is cut off: the block as it was asked for ends before it.
std::string whole_console(const ConsoleStyle& style) {
  RunRecord record = assigned_job();
  record.mlflow_run_id = "abc123...";
  DataFacts data = record.data;
  data.distinct_rows = 0;
  const std::string key_metrics = key_metrics_text(style, record);
  return banner_text(style, "is_ordered") + loading_text(style) + loaded_text(style, data) +
         splitting_text(style, "", 0.2) + split_text(data) + resampling_text("SMOTE") +
         training_text("Random Forest", false) + evaluating_text(style) +
         report_text(style, record.classification_report) +
         key_metrics.substr(0, key_metrics.find("\n\n") + 1) + saving_text(style, "MinIO") +
         saved_text(style, "s3://models/classification_model.pkl") +
         complete_text(style, record, "");
}

const char* const kGolden = R"(============================================================
  CLASSIFICATION MODEL TRAINING
  Task: Conversion Prediction (is_ordered)
============================================================
📥 Loading training data...
✅ Loaded 472,871 samples
   Features: 12
   Class distribution: {0: 440558, 1: 32313}

🔀 Splitting data (test_size=0.2)...
   Train: 378,296 samples
   Test:  94,575 samples

   Applying SMOTE to handle class imbalance...
   Training Random Forest Classifier...

📊 Evaluating model...

📈 Classification Report:
              precision    recall  f1-score   support

           0       0.96      0.85      0.90     88112
           1       0.25      0.55      0.35      6463

    accuracy                           0.83     94575
   macro avg       0.61      0.70      0.62     94575
weighted avg       0.91      0.83      0.86     94575


🎯 Key Metrics:
   F1-Score: 0.35
   AUC-ROC:  0.78

💾 Saving model to MinIO...
✅ Model saved to s3://models/classification_model.pkl

============================================================
✅ TRAINING COMPLETE!
   MLflow Run ID: abc123...
   F1-Score: 0.35
   AUC-ROC: 0.78
============================================================
)";

TEST(Console, PrintsTheBlocksAsTheUserKnowsThem) { EXPECT_EQ(whole_console({}), kGolden); }

TEST(Console, PlainTextIsTheSameWithoutEmoji) {
  std::string expected = kGolden;
  for (const std::string emoji : {"📥 ", "✅ ", "🔀 ", "📊 ", "📈 ", "🎯 ", "💾 "}) {
    for (std::size_t at; (at = expected.find(emoji)) != std::string::npos;) {
      expected.erase(at, emoji.size());
    }
  }
  const std::string plain = whole_console({.plain = true});
  EXPECT_EQ(plain, expected);
  EXPECT_TRUE(std::ranges::all_of(plain, [](char byte) { return byte > 0; }));
}

TEST(Console, FollowsAnotherTargetsWords) {
  EXPECT_NE(banner_text({}, "churned").find("  Task: Prediction of churned\n"), std::string::npos);
  DataFacts data = assigned_job().data;
  data.labels = {"FALSE", "TRUE"};
  EXPECT_NE(loaded_text({}, data).find("{FALSE: 440558, TRUE: 32313}"), std::string::npos);
}

TEST(Console, CountsTheRowsLeftOutAsLoaded) {
  DataFacts data = assigned_job().data;
  data.rows = 471800;
  data.left_out = {{"already ordered at 10 min", 1071}, {"undecided", 0}};
  data.prediction_point = "10min";
  data.simulated = true;
  EXPECT_EQ(loaded_text({.plain = true}, data),
            "Loaded 472,871 samples\n"
            "   Features: 12\n"
            "   Class distribution: {0: 440558, 1: 32313}\n"
            "   Left out: 1,071 already ordered at 10 min\n"
            "   Prediction point: 10min\n"
            "   Simulated data: the figures show speed and plumbing, not the quality on a real "
            "shop.\n");
}

TEST(Console, SaysHowMuchTheRowsFold) {
  EXPECT_NE(split_text(assigned_job().data).find("   Distinct rows: 12,304, 38.4 samples each\n"),
            std::string::npos);
}

TEST(Console, HasTheLinesOfEachStrategy) {
  EXPECT_EQ(distribution_text("After SMOTE", {"0", "1"}, {352446, 88111}),
            "   After SMOTE: {0: 352446, 1: 88111}\n");
  EXPECT_EQ(training_text("Random Forest", true),
            "   Training Random Forest with class_weight='balanced'...\n");
  EXPECT_EQ(positive_weight_text(352446.0 / 25850), "   Scale pos weight: 13.63\n");
  EXPECT_EQ(training_text("XGBoost", false), "   Training XGBoost Classifier...\n");
}

TEST(Console, ShowsEveryMetricBesideNoSkill) {
  EXPECT_EQ(key_metrics_text({.plain = true}, assigned_job()),
            "\n"
            "Key Metrics:\n"
            "   F1-Score: 0.35\n"
            "   AUC-ROC:  0.78\n"
            "\n"
            "                        value   95 % interval      no skill at base rate 6.83 %\n"
            "   F1-Score            0.3472   0.3398 to 0.3541   0.1279\n"
            "   AUC-ROC             0.7803   0.7751 to 0.7855   0.5000\n"
            "   Precision           0.2511                      0.0683\n"
            "   Recall              0.5501                      -\n"
            "   Average precision   0.2910                      0.0683\n"
            "   Brier score         0.0551                      0.0637\n"
            "   Log loss            0.1912                      0.2493\n"
            "   Best threshold: 0.312 (0.298 to 0.331; best F1 on out-of-fold scores)\n");
}

TEST(Console, NamesTheJournalWhereNoServerHasTheRun) {
  EXPECT_NE(complete_text({}, assigned_job(), "runs/x").find("none (journal: runs/x)"),
            std::string::npos);
}

TEST(Console, NamesAProvedLeakBelowTheLastFigures) {
  RunRecord record = assigned_job();
  record.findings = {{.level = FindingLevel::suspect, .what = "depth knows far more"},
                     {.level = FindingLevel::proved, .what = "paid gives the answer away"}};
  EXPECT_TRUE(complete_text({.plain = true}, record, "runs/x")
                  .ends_with("\n" + std::string(60, '=') +
                             "\nLEAK: paid gives the answer away. These figures say nothing.\n"));
  record.findings.pop_back();
  EXPECT_TRUE(complete_text({}, record, "runs/x").ends_with(std::string(60, '=') + "\n"));
}

TEST(Console, WritesNoAnswerForWhatCouldNotBeComputed) {
  RunRecord record = assigned_job();
  record.metrics.clear();
  EXPECT_NE(complete_text({}, record, "").find("F1-Score: n/a"), std::string::npos);
}

}  // namespace
}  // namespace rarewood
