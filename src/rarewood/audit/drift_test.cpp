#include "rarewood/audit/drift.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/audit/rows_for_test.hpp"

namespace rarewood {
namespace {

TEST(Drift, IsThePopulationStabilityIndexLessChance) {
  const Shift shift = shift_of({5000, 5000}, {2000, 8000}, 1);
  const double p = 5000.5 / 10001;
  const double q = 2000.5 / 10001;
  const double index = (p - q) * std::log(p / q) + (q - p) * std::log((1 - p) / (1 - q));
  EXPECT_NEAR(shift.index, index - 2.0 / 10001, 1e-12);
  EXPECT_LT(shift.interval.low, shift.index);
  EXPECT_GT(shift.interval.high, shift.index);
  EXPECT_NEAR(shift.low, shift.interval.low, 1e-6);
}

TEST(Drift, HoldsItsIntervalOverManyDraws) {
  // 300 times: rows of both sides drawn from fixed shares; the true index lies in the interval.
  const double truth = (0.5 - 0.3) * std::log(0.5 / 0.3) + (0.5 - 0.7) * std::log(0.5 / 0.7);
  int inside = 0;
  for (std::uint64_t i = 0; i < 300; ++i) {
    Random random(1, "drift", i);
    const std::uint64_t before = draw_binomial(random, 3000, 0.5);
    const std::uint64_t after = draw_binomial(random, 800, 0.3);
    const Shift shift = shift_of({before, 3000 - before}, {after, 800 - after}, 1);
    inside += shift.interval.low <= truth && truth <= shift.interval.high ? 1 : 0;
  }
  EXPECT_GE(inside, 275);
  EXPECT_LE(inside, 298);
}

TEST(Drift, IsNoneBetweenEqualOrEmptySides) {
  EXPECT_NEAR(shift_of({100, 200, 300}, {100, 200, 300}, 1).index, -2.0 * 2 / 601.5, 1e-12);
  EXPECT_EQ(shift_of({10, 0}, {10, 0}, 1).index, 0);
}

TEST(Drift, NamesTheColumnThatMoved) {
  constexpr std::size_t kRows = 6000;
  RowsForTest rows(labels_for_test(kRows, 0.2));
  const auto folds = rows.folds();
  std::vector<float> moved = noise_for_test(kRows, 1);
  for (std::size_t i = 0; i < kRows; ++i) {
    if (folds[i] == kTestFold) moved[i] += 0.5F;
  }
  rows.add("moved", moved).add("same", noise_for_test(kRows, 2));
  const auto found = find_drift(AuditedForTest(rows).table, {});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].column, "moved");
  EXPECT_EQ(found[0].level, FindingLevel::note);
}

}  // namespace
}  // namespace rarewood
