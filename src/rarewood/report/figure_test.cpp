#include "rarewood/report/figure.hpp"

#include <csignal>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/report/chart.hpp"
#include "rarewood/report/record_for_test.hpp"

namespace rarewood {
namespace {

RunRecord record_with_importance() {
  RunRecord record = assigned_job();
  record.data.prediction_point = "10min";
  record.data.simulated = true;
  record.importance = {{"engagement_depth", 0.82},         {"hour_of_day", 0.05},
                       {"device_type_mobile", 0.042},      {"utm_source_gsearch", 0.03},
                       {"is_repeat_session", 0.02},        {"landing_page_/lander-1", 0.012},
                       {"landing_page_/lander-2", 0.01},   {"utm_source_socialbook", 0.008},
                       {"landing_page_/lander-5", 0.005},  {"is_weekend", 0.0028},
                       {"landing_page_/lander-3", 0.0001}, {"landing_page_/lander-4", 0.0}};
  return record;
}

/// A folder of its own, gone with the test.
class Figure : public testing::Test {
 protected:
  void SetUp() override {
    std::signal(SIGPIPE, SIG_IGN);  // as the program does: a child may die before it reads
    folder_ = testing::TempDir() + "figure_" +
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  bool leaves_nothing() const {
    return !std::filesystem::exists(folder_) || std::filesystem::is_empty(folder_);
  }

  std::filesystem::path folder_;
};

TEST(Chart, HoldsTheBarsInOrderWithTheirLabels) {
  const auto spec = nlohmann::json::parse(importance_chart(record_with_importance()));
  const auto& values = spec["data"]["values"];
  ASSERT_EQ(values.size(), 12U);
  EXPECT_EQ(values[0]["feature"], "engagement_depth");
  EXPECT_EQ(values[0]["label"], "82.0 %");
  EXPECT_EQ(values[10]["label"], "< 0.1 %");
  EXPECT_EQ(values[11]["label"], "0.0 %");
}

TEST(Chart, NamesTheRunAndTheSimulation) {
  const auto spec = nlohmann::json::parse(importance_chart(record_with_importance()));
  const std::string line = spec["title"]["subtitle"][1];
  EXPECT_NE(line.find("Run 01234567"), std::string::npos) << line;
  EXPECT_NE(line.find("as of 10min"), std::string::npos) << line;
  EXPECT_NE(line.find("simulated data"), std::string::npos) << line;
}

TEST(Chart, SaysWhatItsBarsMeasure) {
  RunRecord record = record_with_importance();
  record.importance_measure = "share of something else";
  const auto spec = nlohmann::json::parse(importance_chart(record));
  EXPECT_EQ(spec["title"]["subtitle"][0],
            "Share of something else in predicting " + record.data.target);
}

TEST(Chart, ShowsTwentyBarsAndCountsTheRest) {
  RunRecord record = record_with_importance();
  for (int i = 0; i < 30; ++i) record.importance.push_back({"f" + std::to_string(i), 0});
  const auto spec = nlohmann::json::parse(importance_chart(record));
  EXPECT_EQ(spec["data"]["values"].size(), 20U);
  EXPECT_NE(std::string(spec["title"]["subtitle"][1]).find("22 smaller ones"), std::string::npos);
}

TEST(Chart, RefusesARecordWithoutImportances) {
  EXPECT_THROW(importance_chart(assigned_job()), Error);
}

TEST_F(Figure, IsAPng) {
  const std::string python = ".venv/bin/python";
  if (!std::filesystem::exists(python)) GTEST_SKIP() << "there is no .venv with vl-convert";
  const auto png = folder_ / "deep" / "feature_importance.png";
  EXPECT_EQ(draw_chart(importance_chart(record_with_importance()), png, python), std::nullopt);
  EXPECT_EQ(read_file(png).substr(0, 4), "\x89PNG");
}

TEST_F(Figure, WarnsWhereNoPythonStarts) {
  const auto warning = draw_chart("{}", folder_ / "a.png", "/nowhere/python");
  ASSERT_TRUE(warning.has_value());
  EXPECT_NE(warning->find("RAREWOOD_PYTHON"), std::string::npos) << *warning;
  EXPECT_TRUE(leaves_nothing());
}

TEST_F(Figure, WarnsWhereDrawingFails) {
  const auto warning = draw_chart("{}", folder_ / "a.png", "false");
  ASSERT_TRUE(warning.has_value());
  EXPECT_NE(warning->find("ended with status 1"), std::string::npos) << *warning;
  EXPECT_TRUE(leaves_nothing());
}

}  // namespace
}  // namespace rarewood
