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

/// A column that is `before` in the training part and in the test part `after` in every other row.
RowsForTest half_new(float before, float after, FeatureKind kind) {
  RowsForTest rows(labels_for_test(1200, 0.2));
  const auto folds = rows.folds();
  std::vector<float> values(folds.size(), before);
  for (std::size_t i = 0; i < folds.size(); ++i) {
    if (folds[i] == kTestFold && i % 2 == 0) values[i] = after;
  }
  rows.add("new", values, kind);
  return rows;
}

TEST(Drift, SeesValuesThatTrainingLacks) {
  const float none = std::nanf("");
  const std::vector<RowsForTest> tables{
      half_new(3, 4, FeatureKind::number), half_new(3, 2, FeatureKind::number),
      half_new(0, 1, FeatureKind::category), half_new(3, none, FeatureKind::number),
      half_new(none, 3, FeatureKind::number)};
  for (const RowsForTest& rows : tables) {
    const auto found = find_drift(AuditedForTest(rows).table, {});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_NE(found[0].evidence.find("test rows have a value that training has not seen"),
              std::string::npos)
        << found[0].evidence;
  }
}

TEST(Drift, SeesANumberBetweenThoseOfTraining) {
  RowsForTest rows(labels_for_test(1200, 0.2));
  const auto folds = rows.folds();
  std::vector<float> values;
  for (std::size_t i = 0; i < folds.size(); ++i) {
    const bool between = folds[i] == kTestFold && i % 2 == 0;
    values.push_back(between ? 2 : static_cast<float>(i % 4 < 2 ? 1 : 3));
  }
  rows.add("new", values);
  EXPECT_EQ(find_drift(AuditedForTest(rows).table, {}).size(), 1U);
}

TEST(Drift, TakesNoMeasurementForNewBecauseItIsItsOwn) {
  // Every number is its own; with few rows each bin is one number, and each test row's is new.
  for (const std::size_t count : {40U, 60U, 90U, 150U, 700U}) {
    std::size_t called = 0;
    for (std::uint64_t draw = 0; draw < 40; ++draw) {
      RowsForTest rows(labels_for_test(count, 0.4));
      rows.add("noise", noise_for_test(count, draw));
      called += find_drift(AuditedForTest(rows).table, {}).size();
    }
    EXPECT_LE(called, 1U) << count;
  }
}

}  // namespace
}  // namespace rarewood
