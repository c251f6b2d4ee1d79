#include "rarewood/report/console_detail.hpp"

#include <gtest/gtest.h>

#include "rarewood/report/diagnosis.hpp"
#include "rarewood/report/record_for_test.hpp"

namespace rarewood {
namespace {

const ConsoleStyle kPlain{.plain = true};

TEST(ConsoleDetail, PutsTheModelAboveItsRivals) {
  RunRecord record = assigned_job();
  record.baselines = {
      {"no_resampling", "", "test", {{"f1_score", 0.3501}, {"auc_roc", 0.78}, {"log_loss", 0.17}}},
      {"single_column", "rate table of engagement_depth", "test", {{"auc_roc", 0.77}}},
      {"flag_all", "", "test", {{"f1_score", 0.1279}}},
      {"model", "", "out_of_fold", {{"auc_roc", 0.779}}},
      {"flag_all", "", "out_of_fold", {{"f1_score", 0.1278}}}};
  record.verdict = "No better than depth alone. Better than flagging everyone.";
  EXPECT_EQ(baselines_text(kPlain, record),
            "\n"
            "Beside simple rivals, on the same test rows:\n"
            "   As asked (SMOTE):                 F1 0.3472   AUC 0.7803   log loss 0.1912\n"
            "   Same forest without:              F1 0.3501   AUC 0.7800   log loss 0.1700\n"
            "   Rate table of engagement_depth:   AUC 0.7700\n"
            "   Flagging everyone:                F1 0.1279\n"
            "\n"
            "Beside simple rivals, on the same training rows, out of fold:\n"
            "   As asked (SMOTE):    AUC 0.7790\n"
            "   Flagging everyone:   F1 0.1278\n"
            "\n"
            "   Verdict: No better than depth alone.\n"
            "   Better than flagging everyone.\n");
}

TEST(ConsoleDetail, JudgesTheTargets) {
  RunRecord record = assigned_job();
  record.targets = {{"f1_score", 0.30, 0.40, "met", "not met"},
                    {"recall", 0.40, 0.50, "not judged: leak", "not judged: leak"}};
  EXPECT_EQ(
      targets_text(kPlain, record),
      "\n"
      "Targets, judged by the lower end of the interval:\n"
      "                value   lower end   minimum                   good\n"
      "   F1-Score    0.3472      0.3398   > 0.30 met                > 0.40 not met\n"
      "   Recall      0.5501         n/a   > 0.40 not judged: leak   > 0.50 not judged: leak\n");
}

TEST(ConsoleDetail, DrawsBarsInAsciiWherePlain) {
  RunRecord record = assigned_job();
  record.importance = {{"engagement_depth", 0.8}, {"hour_of_day", 0.2}, {"is_weekend", 1e-9}};
  EXPECT_EQ(importance_text({.plain = true, .width = 60}, record),
            "\n"
            "Feature importance (share of impurity decrease):\n"
            "   engagement_depth  #############################  0.8000\n"
            "   hour_of_day       #######                        0.2000\n"
            "   is_weekend        .                              0.0000\n");
}

TEST(ConsoleDetail, ShowsTenFeaturesAndCountsTheRest) {
  RunRecord record = assigned_job();
  for (int i = 0; i < 12; ++i) record.importance.push_back({"f" + std::to_string(i), 0.05});
  EXPECT_NE(importance_text(kPlain, record).find("   and 2 less important\n"), std::string::npos);
}

TEST(ConsoleDetail, ShowsPopulationsWithTheirBaseRates) {
  RunRecord record = assigned_job();
  record.slices = {{"active",
                    "a page within 10 minutes",
                    905,
                    77,
                    {{"auc_roc", 0.85}},
                    {{"auc_roc", {0.81, 0.89}}},
                    {{"flag_all", "every row", "test", {{"f1_score", 0.1568}}}}}};
  EXPECT_EQ(slices_text(kPlain, record),
            "\n"
            "On the active test rows only (a page within 10 minutes): 905 rows, 8.51 % positive:\n"
            "   As asked (SMOTE):    AUC 0.8500\n"
            "   Flagging everyone:   F1 0.1568\n"
            "   95 % intervals of this model: AUC 0.810 to 0.890\n");
}

TEST(Diagnosis, FindsNothingInASoundRun) { EXPECT_TRUE(diagnose(assigned_job()).empty()); }

TEST(Diagnosis, SeesThatAllWerePredictedNegative) {
  RunRecord record = assigned_job();
  record.confusion = {88112, 0, 6463, 0};
  ASSERT_EQ(diagnose(record).size(), 1U);
  EXPECT_NE(diagnose(record)[0].find("what the rule comes to here (best F1)"), std::string::npos);
  EXPECT_EQ(diagnose(record)[0].find("chance"), std::string::npos);
  for (auto& [name, value] : record.params) {
    if (name == "threshold") value = "0.5";
  }
  record.threshold.figure = "";
  record.threshold.probability = 0.9;
  EXPECT_NE(diagnose(record)[0].find("No score reaches the threshold of 0.9000"),
            std::string::npos);
  EXPECT_EQ(diagnose(record)[0].find("tuned"), std::string::npos);

  record.intervals["auc_roc"] = {0.49, 0.61};
  EXPECT_NE(diagnose(record)[0].find("no better than chance"), std::string::npos);
}

TEST(Diagnosis, SeesHighRecallWithLowPrecision) {
  RunRecord record = assigned_job();
  record.metrics["precision"] = 0.12;
  record.metrics["recall"] = 0.81;
  ASSERT_EQ(diagnose(record).size(), 1U);
  EXPECT_EQ(diagnose(record)[0].find("sampling_strategy"), std::string::npos);
  record.params.emplace_back("sampling_strategy", "0.25");
  EXPECT_NE(diagnose(record)[0].find("lower sampling_strategy to 0.2"), std::string::npos);
  record.threshold.rule = "recall:0.8";  // it was asked for
  EXPECT_TRUE(diagnose(record).empty());
}

TEST(Diagnosis, SeesSlowTrainingOnlyWithSyntheticRows) {
  RunRecord record = assigned_job();
  record.timings["fit"] = 300;
  EXPECT_TRUE(diagnose(record).empty());
  record.data.synthetic_rows = 62261;
  ASSERT_EQ(diagnose(record).size(), 1U);
  EXPECT_NE(diagnose(record)[0].find("fewer estimators (--n-estimators below 200)"),
            std::string::npos);
}

TEST(Diagnosis, NamesTheNextCommandWhereOneColumnKnowsAsMuch) {
  RunRecord record = assigned_job();
  const auto compared = [&](double auc, double chance) {
    record.differences = {{"single_column", "auc_roc", auc, {}, chance},
                          {"flag_all", "f1_score", 0.2, {}, 0.001}};
    return diagnose(record);
  };
  ASSERT_EQ(compared(0.01, 0.4).size(), 1U) << "may be chance";
  EXPECT_NE(diagnose(record)[0].find("--strategy steady"), std::string::npos);
  EXPECT_NE(diagnose(record)[0].find("'rarewood compare'"), std::string::npos);
  EXPECT_EQ(compared(-0.01, 0.001).size(), 1U) << "worse";
  EXPECT_TRUE(compared(0.01, 0.001).empty());
  record.params.emplace_back("strategy", "steady");
  compared(0.01, 0.4);
  EXPECT_EQ(diagnose(record)[0].find("--strategy steady"), std::string::npos);
}

}  // namespace
}  // namespace rarewood
