#include "rarewood/evaluate/alert_once.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

struct Row {
  std::uint32_t unit;
  double probability;
  bool positive;
  std::int32_t lead = 0;
};

Look look_of(const std::vector<Row>& rows, std::vector<std::uint32_t> placed = {}) {
  Look look;
  for (const Row& row : rows) {
    look.entry.push_back(static_cast<std::uint32_t>(look.probability.size()));
    look.probability.push_back(row.probability);
    look.flagged.push_back(0);
    look.unit.push_back(row.unit);
    look.positive.push_back(row.positive ? 1 : 0);
    look.active.push_back(1);
    look.lead.push_back(row.lead);
  }
  look.placed = std::move(placed);
  return look;
}

/// Unit 0 is caught early, 1 late, 2 never; 3 is a false alarm, 4 and 6 to 9 are never alerted, 5
/// ordered before the first look; 0 to 2 have ordered before the third.
struct ThreeLooks {
  Look first = look_of({{0, 0.7, true, 600},
                        {1, 0.2, true, 480},
                        {2, 0.1, true, 300},
                        {3, 0.1, false},
                        {4, 0.2, false},
                        {6, 0.1, false},
                        {7, 0.1, false},
                        {8, 0.1, false},
                        {9, 0.1, false}},
                       {5});
  Look second = look_of({{0, 0.9, true, 300},
                         {1, 0.6, true, 180},
                         {2, 0.1, true, 60},
                         {3, 0.2, false},
                         {4, 0.1, false}},
                        {5});
  Look third = look_of({{3, 0.8, false}, {4, 0.3, false}}, {0, 1, 2, 5});
  std::vector<const Look*> looks{&first, &second, &third};
};

TEST(AlertOnce, EachUnitIsAlertedAtTheFirstLookThatPasses) {
  const ThreeLooks three;
  const AlertJudge judge(three.looks, UnitThresholds(10, 0.5F));
  EXPECT_EQ(judge.alerts_by_look(), (std::vector<std::uint64_t>{1, 1, 1}));
  const AlertFigures figures = judge.figures(UnitCounts(10, 1));
  EXPECT_DOUBLE_EQ(figures.alerts, 3.0 / 9);
  EXPECT_DOUBLE_EQ(figures.precision, 2.0 / 3);
  EXPECT_DOUBLE_EQ(figures.recall, 2.0 / 4);  // 2 is missed, 5 had ordered before
  EXPECT_DOUBLE_EQ(figures.f1_score, 4.0 / 7);
  EXPECT_DOUBLE_EQ(figures.f1_flag_all, 6.0 / 13);
  EXPECT_DOUBLE_EQ(figures.median_lead, (10 + 3) / 2.0);  // from the alert, not from the last look
}

TEST(AlertOnce, TheThresholdIsTheBestForTheSetAndLooksOnlyAtItsUnits) {
  const ThreeLooks three;
  // Highest probabilities: 0: 0.9 and 1: 0.6 order, 3: 0.8 does not. Of 4 orders: cut at 0.6 gives
  // 4/7, at 0.9 gives 2/5.
  EXPECT_NEAR(alert_threshold(three.looks, UnitCounts(10, 1)), (0.6 + 0.3) / 2, 1e-6);
  UnitCounts without_one(10, 1);
  without_one[1] = 0;
  EXPECT_NEAR(alert_threshold(three.looks, without_one), (0.9 + 0.8) / 2, 1e-6);
}

TEST(AlertOnce, BetweenNeighboursFlagsNoMoreThanWasChosen) {
  // Only the highest score orders. Half way between a float32 of even last bit and the next lies a
  // tie, which rounds to the even one: the lower.
  for (float below = 0.4F; below < 0.40001F; below = std::nextafter(below, 1.0F)) {
    const float above = std::nextafter(below, 1.0F);
    const Look look = look_of({{0, static_cast<double>(above), true, 60},
                               {1, static_cast<double>(below), false},
                               {2, static_cast<double>(below), false}});
    const float threshold = alert_threshold({&look}, UnitCounts(3, 1));
    const AlertJudge judge({&look}, UnitThresholds(3, threshold));
    ASSERT_EQ(judge.alerts_by_look(), std::vector<std::uint64_t>{1}) << below;
  }
}

TEST(AlertOnce, WithoutOrdersThereIsNoThreshold) {
  const Look look = look_of({{0, 0.5, false}, {1, 0.4, false}});
  EXPECT_THROW(alert_threshold({&look}, UnitCounts(2, 1)), Error);
}

}  // namespace
}  // namespace rarewood
