// How a look at sessions comes about, on a small simulated shop.

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/evaluate/targets.hpp"
#include "rarewood/session/shop_for_test.hpp"
#include "rarewood/workflow/horizon_look.hpp"

namespace rarewood {
namespace {

HorizonRequest small_request() {
  HorizonRequest request;
  request.raw = {{"n_estimators", {"10"}}, {"max_depth", {"6"}}};
  return request;
}

class HorizonLook : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    SampleOptions options;
    options.sessions = 5000;
    journeys = new Journeys(journeys_of(shop_of(options)));
  }
  static void TearDownTestSuite() { delete journeys; }

  PointLook look(const std::string& as_of, bool has_test = true) {
    parts = part_sessions(*journeys, request.split, has_test, request.seed);
    const LookPlan plan{*journeys, parts, repeats, request, method, decision_plan({}), has_test};
    return look_at(check_session_options({.as_of = as_of}), plan, {});
  }

  static Journeys* journeys;
  HorizonRequest request = small_request();
  Method method = choose_method(request.train, request.raw);
  SessionParts parts;
  std::vector<SessionParts> repeats;
};

Journeys* HorizonLook::journeys = nullptr;

TEST_F(HorizonLook, EachSessionIsInTheSamePartAtAllPoints) {
  std::set<std::uint32_t> judged;
  std::set<std::uint32_t> learned;
  for (const char* as_of : {"5min", "10min", "page:2"}) {
    const PointLook at = look(as_of);
    ASSERT_EQ(at.reason, "");
    judged.insert(at.judged.unit.begin(), at.judged.unit.end());
    learned.insert(at.learned.unit.begin(), at.learned.unit.end());
    EXPECT_EQ(at.judged.rows() + at.learned.rows(), at.population.at(Standing::kept));
  }
  std::vector<std::uint32_t> both;
  std::ranges::set_intersection(judged, learned, std::back_inserter(both));
  EXPECT_TRUE(both.empty());
  EXPECT_NEAR(double(judged.size()) / double(judged.size() + learned.size()), 0.2, 0.02);
}

TEST_F(HorizonLook, RowsAreThoseOfTheTableAndLeadsEndAtTheOrder) {
  const PointLook at = look("10min", false);
  const AsOfRows rows = rows_as_of(*journeys, at.rules, {});
  ASSERT_EQ(at.judged.rows(), rows.rows());
  EXPECT_EQ(at.judged.unit, rows.session);
  EXPECT_EQ(at.judged.positive, rows.positive);
  EXPECT_EQ(std::ranges::count(at.judged.active, 1), static_cast<long>(rows.population.active));
  EXPECT_EQ(at.judged.placed, rows.ordered_before);
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    if (rows.positive[row] == 0) continue;
    ASSERT_EQ(at.judged.lead[row], journeys->order_time[rows.session[row]] - rows.point[row]);
  }
}

TEST_F(HorizonLook, SaysWhyAPointCannotBeJudged) {
  EXPECT_EQ(look("3650d").reason.rfind("No session is left to learn from", 0), 0U);
  EXPECT_EQ(look("2d").reason, "No order lies ahead.");
  EXPECT_NE(look("24min").reason.find("too few to judge"), std::string::npos);
}

TEST_F(HorizonLook, RepeatsAreOtherCutsOfTheSameSessions) {
  repeats = {part_sessions(*journeys, request.split, false, 7)};
  const PointLook at = look("10min", false);
  EXPECT_EQ(at.repeated.unit, at.judged.unit);
  EXPECT_EQ(all_judged(at).rows(), 2 * at.judged.rows());
  EXPECT_NE(at.repeated.entry, at.judged.entry);
}

TEST(HorizonOptions, TargetsAreTheJobsMinimums) {
  std::map<std::string, Interval> any;
  for (const auto& [metric, target] : horizon_targets({})) any[metric] = {};
  for (const TargetCheck& check : judge_targets(any, false)) {
    EXPECT_EQ(horizon_targets({}).at(check.metric), check.minimum) << check.metric;
  }
}

TEST(HorizonOptions, PointsAreSortedAndOneIsNotNamedTwice) {
  HorizonOptions options;
  options.points = {"page:4", "end", "600s", "url:/cart", "page:2", "2min"};
  std::vector<std::string> names;
  for (const PredictionPoint& point : horizon_points(options)) names.push_back(point_name(point));
  EXPECT_EQ(names,
            (std::vector<std::string>{"2min", "10min", "page:2", "page:4", "url:/cart", "end"}));
  options.points.emplace_back("10min");
  EXPECT_THROW(horizon_points(options), Error);
}

}  // namespace
}  // namespace rarewood
