#include "rarewood/report/horizon_answer.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/report/horizon_chart.hpp"
#include "rarewood/report/horizon_json.hpp"
#include "rarewood/report/horizon_text.hpp"

namespace rarewood {
namespace {

HorizonPoint point_of(const std::string& as_of, HorizonAxis axis, bool met, bool beats) {
  HorizonPoint point;
  point.as_of = as_of;
  point.population = "at_risk";
  point.axis = axis;
  point.targets_met = met;
  point.beats_flag_all = beats;
  point.reason = "too few";
  return point;
}

HorizonRecord record_of(std::vector<HorizonPoint> points) {
  HorizonRecord record;
  record.targets = {{"f1_score", 0.3}, {"auc_roc", 0.7}};
  for (HorizonPoint& point : points) {
    record.points.push_back(point);
    point.population = "active";
    record.points.push_back(point);
  }
  return record;
}

TEST(HorizonAnswer, IsTheFirstPointThatMeetsTheTargetsAndBeatsFlaggingEveryone) {
  HorizonRecord record = record_of({point_of("5min", HorizonAxis::minutes, false, true),
                                    point_of("8min", HorizonAxis::minutes, true, false),
                                    point_of("10min", HorizonAxis::minutes, true, true),
                                    point_of("12min", HorizonAxis::minutes, true, true)});
  answer_how_early(record);
  ASSERT_GE(record.answers.size(), 1U);
  EXPECT_EQ(record.answers[0].as_of, "10min");
  EXPECT_NE(record.answer.find("at 10min (all sessions at risk)"), std::string::npos);
  EXPECT_NE(record.answer.find("F1 > 0.30 and AUC > 0.70"), std::string::npos);
}

TEST(HorizonAnswer, IsNoneWhereNoneDoesAndNeverAPointThatLeaks) {
  HorizonPoint end = point_of("end", HorizonAxis::none, true, true);
  end.leaks = true;
  HorizonRecord record = record_of({point_of("page:4", HorizonAxis::pages, true, false), end});
  answer_how_early(record);
  EXPECT_EQ(record.answers[0].as_of, "");
  EXPECT_EQ(record.answer,
            "How early: at none of the pages, neither for all sessions at risk nor for active ones "
            "alone. F1 > 0.30 and AUC > 0.70 hold nowhere at the lower ends of the 95 % intervals "
            "while flagging everyone is beaten.");
}

TEST(HorizonAnswer, SpeaksOfTheNamedPointsWhereOthersAreNone) {
  HorizonRecord record = record_of({point_of("5min", HorizonAxis::minutes, true, true),
                                    point_of("page:4", HorizonAxis::pages, false, true)});
  answer_how_early(record);
  EXPECT_NE(record.answer.find("at 5min, and at none of the pages (active ones alone). Where a "
                               "point is named, F1 > 0.30 and AUC > 0.70 first hold"),
            std::string::npos)
      << record.answer;
}

TEST(HorizonAnswer, SaysWhenDataAreSimulated) {
  HorizonRecord record = record_of({point_of("5min", HorizonAxis::minutes, false, true)});
  record.run.data.simulated = true;
  answer_how_early(record);
  EXPECT_TRUE(record.answer.starts_with("Simulated data."));
  EXPECT_NE(horizon_text({.plain = true}, record).find("(simulated data)"), std::string::npos);
}

TEST(HorizonText, SaysWhatKeepsAPointFromItsStar) {
  HorizonRecord record = record_of({point_of("20min", HorizonAxis::minutes, false, false)});
  HorizonPoint& point = record.points[0];
  point.reason = "";
  point.falls_short = {"precision", "f1_flag_all"};
  for (const char* name :
       {"orders_ahead", "auc_roc", "average_precision", "f1_score", "precision", "recall",
        "f1_flag_all", "recall_at_top_10_percent", "median_lead_minutes"}) {
    point.figures[name] = 0.5;
    point.intervals[name] = {0.4, 0.6};
  }
  EXPECT_NE(horizon_text({.plain = true}, record).find("  prec all\n"), std::string::npos);
}

TEST(HorizonText, HasNoTableOfActiveSessionsWhereThereIsNothingToTell) {
  HorizonRecord record = record_of({point_of("5min", HorizonAxis::minutes, false, false)});
  record.points[0].at_risk = 7;
  record.points[1].at_risk = 7;
  const std::string text = horizon_text({.plain = true}, record);
  const std::size_t active = text.find("Active sessions");
  ASSERT_NE(active, std::string::npos);
  EXPECT_EQ(text.find("as of ", active), std::string::npos);  // no heads over no lines
  EXPECT_NE(text.find("all are active, as above: 5min", active), std::string::npos);
  record.points.pop_back();
  EXPECT_EQ(horizon_text({.plain = true}, record).find("Active sessions"), std::string::npos);
}

TEST(HorizonJson, HasNullsForWhatCouldNotBeComputed) {
  HorizonRecord record = record_of({point_of("5min", HorizonAxis::minutes, false, false)});
  record.points[0].figures["auc_roc"] = std::nan("");
  const std::string json = horizon_to_json(record);
  EXPECT_NE(json.find("\"auc_roc\": null"), std::string::npos);
  EXPECT_NE(json.find("\"reason\": \"too few\""), std::string::npos);
  EXPECT_EQ(json.find("nan"), std::string::npos);
  EXPECT_EQ(horizon_chart(record), "");  // nothing to draw
}

}  // namespace
}  // namespace rarewood
