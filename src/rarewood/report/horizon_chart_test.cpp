#include "rarewood/report/horizon_chart.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace rarewood {
namespace {

HorizonPoint judged_point(double minutes, const std::string& population, std::uint64_t at_risk) {
  HorizonPoint point;
  point.as_of = std::to_string(static_cast<int>(minutes)) + "min";
  point.population = population;
  point.axis = HorizonAxis::minutes;
  point.position = minutes;
  point.at_risk = at_risk;
  for (const char* name : {"auc_roc", "average_precision", "f1_score", "precision", "recall",
                           "base_rate", "f1_flag_all", "recall_at_top_10_percent"}) {
    point.figures[name] = 0.5;
    point.intervals[name] = {0.4, 0.6};
  }
  return point;
}

/// All are active at 3 and 5 minutes and not at 10; 20 minutes could not be judged.
HorizonRecord three_points() {
  HorizonRecord record;
  record.targets = {{"f1_score", 0.3}, {"auc_roc", 0.7}, {"recall", 0.4}, {"precision", 0.2}};
  for (const auto& [minutes, active] : {std::pair{3, 90U}, std::pair{5, 90U}, std::pair{10, 40U}}) {
    record.points.push_back(judged_point(minutes, "at_risk", 90));
    record.points.push_back(judged_point(minutes, "active", active));
  }
  record.points.push_back(judged_point(20, "at_risk", 80));
  record.points.back().reason = "too few";
  record.answers = {{"at_risk", HorizonAxis::minutes, "5min"},
                    {"active", HorizonAxis::minutes, ""}};
  return record;
}

TEST(HorizonChart, TheActiveBranchOffWhereNotAllAreActive) {
  const auto chart = nlohmann::json::parse(horizon_chart(three_points()));
  const auto& rows = chart["vconcat"][0]["hconcat"][0]["data"]["values"];
  std::vector<double> active;
  for (const auto& row : rows) {
    if (row["population"] == "active only") active.push_back(row["x"]);
  }
  EXPECT_EQ(active, (std::vector<double>{5, 10}));
}

TEST(HorizonChart, NamesTheAnswerOnceAndWhatIsNotDrawn) {
  const std::string chart = horizon_chart(three_points());
  const auto layers = nlohmann::json::parse(chart)["vconcat"];
  ASSERT_EQ(layers.size(), 6U);
  for (const auto& row : layers) {
    int upright = 0;
    for (const auto& layer : row["hconcat"][0]["layer"]) {
      const bool rule = layer["mark"]["type"] == "rule" && layer["encoding"].contains("x");
      upright += rule && layer["data"]["values"][0]["x"] == 5;
    }
    EXPECT_EQ(upright, 1);
  }
  EXPECT_NE(chart.find("first at 5min"), std::string::npos);
  EXPECT_NE(chart.find("could not be judged: 20min."), std::string::npos);
}

}  // namespace
}  // namespace rarewood
