#include "rarewood/evaluate/threshold_interval.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/calibration.hpp"
#include "rarewood/evaluate/score_runs.hpp"
#include "rarewood/evaluate/scores_for_test.hpp"
#include "rarewood/evaluate/threshold_figure.hpp"

namespace rarewood {
namespace {

/// Rows whose score is their chance, each there as often as asked for, in a block of its own.
struct Copies {
  ScoreList list;
  EntryBlocks by_group;
};

Copies copies_of(std::uint64_t times) {
  Random random(4, "threshold interval test");
  Copies made;
  std::vector<std::uint32_t> block;
  for (std::uint32_t row = 0; row < 4000; ++row) {
    const double score = random.uniform();
    const bool positive = random.uniform() < score * score;
    made.list.push_back({score, positive ? 0 : times, positive ? times : 0, 1 + score});
    block.push_back(row);
  }
  made.by_group = blocks_of_entries(made.list, block);
  return made;
}

double width(const ScoreList& list, const EntryBlocks& by_group, const ThresholdRule& rule) {
  const OofScores scores = ScoresForTest::out_of_fold(list);
  const Interval interval =
      threshold_interval({scores, by_group}, identity_calibrator(), rule, {400, 42}, {});
  return interval.high - interval.low;
}

ThresholdRule own_costs() {
  ThresholdRule rule;
  rule.kind = ThresholdRule::Kind::cost;
  rule.costs.own_false_negative = true;
  rule.costs.false_positive = 0.5;
  return rule;
}

// Sixteen copies in one block know what one row knows; taken one by one they seem to know more.
TEST(ThresholdInterval, CountsGroupsAndNotTheirRows) {
  const Copies once = copies_of(1);
  const Copies many = copies_of(16);
  for (const ThresholdRule& rule : {ThresholdRule{}, own_costs()}) {
    const double right = width(once.list, {}, rule);
    EXPECT_NEAR(width(once.list, once.by_group, rule) / right, 1, 0.35) << rule.text;
    EXPECT_NEAR(width(many.list, many.by_group, rule) / right, 1, 0.35) << rule.text;
    EXPECT_LT(width(many.list, {}, rule), 0.8 * right) << rule.text;
  }
}

TEST(ThresholdInterval, IsTheSameForAnyNumberOfThreads) {
  const Copies made = copies_of(2);
  const OofScores scores = ScoresForTest::out_of_fold(made.list);
  Control four;
  four.threads = 4;
  const Interval a =
      threshold_interval({scores, made.by_group}, identity_calibrator(), {}, {90, 1}, {});
  const Interval b =
      threshold_interval({scores, made.by_group}, identity_calibrator(), {}, {90, 1}, four);
  EXPECT_EQ(a.low, b.low);
  EXPECT_EQ(a.high, b.high);
}

TEST(RunsOfSets, HoldAllRowsOfTheRuns) {
  const Copies made = copies_of(3);
  const ScoreRuns runs = score_runs(make_curve(made.list));
  EXPECT_GT(runs.runs(), 500U);
  const RunsOfSets sets = runs_of_sets(runs, made.list, made.by_group, {});
  EXPECT_EQ(sets.sets, 128U);
  for (std::size_t run = 0; run < runs.runs(); ++run) {
    std::uint64_t n0 = 0;
    std::uint64_t n1 = 0;
    for (std::size_t set = 0; set < sets.sets; ++set) {
      n0 += sets.n0[set * runs.runs() + run];
      n1 += sets.n1[set * runs.runs() + run];
    }
    ASSERT_EQ(n0, runs.n0[run]);
    ASSERT_EQ(n1, runs.n1[run]);
  }
  EXPECT_TRUE(sets.change.empty());
}

TEST(RunsOfSets, HoldAllThatFlaggingARunCosts) {
  const Copies made = copies_of(3);
  const ThresholdRule rule = own_costs();
  const ScoreRuns runs = score_runs(with_costs(rule, made.list, make_curve(made.list)));
  const RunsOfSets sets = runs_of_sets(runs, made.list, made.by_group, rule);
  for (std::size_t run = 0; run < runs.runs(); ++run) {
    double change = 0;
    for (std::size_t set = 0; set < sets.sets; ++set) {
      change += sets.change[set * runs.runs() + run];
    }
    ASSERT_NEAR(change, runs.change[run], 1e-9);
  }
}

}  // namespace
}  // namespace rarewood
