#include "rarewood/evaluate/look_judge.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/evaluate/unit_draws.hpp"

namespace rarewood {
namespace {

/// Ten rows of units 0..9; units 8 and 9 order, as does 7, of low score. Unit 10 had ordered
/// before, unit 11 orders without ever being looked at. Of equal score: 6 and 8.
Look ten_rows() {
  Look look;
  look.probability = {0.1, 0.6, 0.9};
  look.flagged = {0, 1, 1};
  look.fold = {0, 0, 0};
  look.rank = look.probability;
  for (std::uint32_t unit = 0; unit < 10; ++unit) {
    look.unit.push_back(unit);
    look.entry.push_back(unit == 9 ? 2 : unit == 6 || unit == 8 ? 1 : 0);
    look.positive.push_back(unit >= 7 ? 1 : 0);
    look.active.push_back(unit >= 5 ? 1 : 0);
    look.lead.push_back(unit >= 7 ? static_cast<std::int32_t>(60 * (unit - 6)) : 0);
  }
  look.placed = {10};
  look.unseen = {11};
  return look;
}

TEST(LookJudge, FiguresAreWhatTheirDefinitionsSay) {
  const LookFigures figures = LookJudge(ten_rows(), LookRows::all).figures(UnitCounts(12, 1));
  EXPECT_DOUBLE_EQ(figures.rows, 10);
  EXPECT_DOUBLE_EQ(figures.base_rate, 0.3);
  EXPECT_DOUBLE_EQ(figures.orders_ahead, 3.0 / 5);  // of 5: two more are no row's
  EXPECT_DOUBLE_EQ(figures.precision, 2.0 / 3);
  EXPECT_DOUBLE_EQ(figures.recall, 2.0 / 3);
  EXPECT_DOUBLE_EQ(figures.f1_score, 2.0 / 3);
  EXPECT_DOUBLE_EQ(figures.f1_flag_all, 6.0 / 13);
  // 21 pairs: 9 beats 7 others, 8 beats 6 and ties with 1, 7 ties with 6
  EXPECT_DOUBLE_EQ(figures.auc_roc, (7 + 6.5 + 3) / 21);
  EXPECT_DOUBLE_EQ(figures.recall_at_top, 1.0 / 5);  // one row of ten: unit 9
  EXPECT_DOUBLE_EQ(figures.median_lead, 2.5);        // caught: 2 and 3 minutes ahead
}

TEST(LookJudge, ATieAtTheTopIsTakenInPart) {
  UnitCounts counts(12, 1);
  counts[0] = 11;  // 20 rows: room for 2, unit 9 and half of the tie of 6 and 8
  const LookFigures figures = LookJudge(ten_rows(), LookRows::all).figures(counts);
  EXPECT_DOUBLE_EQ(figures.recall_at_top, 1.5 / 5);
}

TEST(LookJudge, ActiveRowsAreJudgedAgainstAllOrders) {
  Look look = ten_rows();
  look.active[9] = 0;
  const LookJudge judge(look, LookRows::active);
  EXPECT_EQ(judge.rows(), 4U);
  EXPECT_EQ(judge.positives(), 2U);
  const LookFigures figures = judge.figures(UnitCounts(12, 1));
  EXPECT_DOUBLE_EQ(figures.orders_ahead, 2.0 / 5);
  EXPECT_DOUBLE_EQ(figures.recall, 1.0 / 2);
}

TEST(LookJudge, CountsActAsCopiesOfRows) {
  Look look = ten_rows();
  UnitCounts counts(12, 1);
  counts[8] = 3;
  counts[2] = 0;
  counts[10] = 2;
  const LookFigures weighted = LookJudge(look, LookRows::all).figures(counts);
  Look copied = ten_rows();
  for (int copy = 0; copy < 2; ++copy) {
    copied.unit.push_back(8);
    copied.entry.push_back(1);
    copied.positive.push_back(1);
    copied.active.push_back(1);
    copied.lead.push_back(120);
  }
  copied.placed = {10, 10};
  UnitCounts once(12, 1);
  once[2] = 0;
  const LookFigures of_copies = LookJudge(copied, LookRows::all).figures(once);
  for (const LookFigureInfo& figure : kLookFigures) {
    EXPECT_DOUBLE_EQ(weighted.*figure.value, of_copies.*figure.value) << figure.name;
  }
}

TEST(LookJudge, WithoutAnOrderNothingIsMadeUp) {
  UnitCounts counts(12, 1);
  for (const std::size_t unit : {7, 8, 9, 10, 11}) counts[unit] = 0;
  const LookFigures figures = LookJudge(ten_rows(), LookRows::all).figures(counts);
  EXPECT_TRUE(std::isnan(figures.auc_roc));
  EXPECT_TRUE(std::isnan(figures.orders_ahead));
  EXPECT_TRUE(std::isnan(figures.median_lead));
}

DrawnUnits units_with_keys(const std::vector<std::uint64_t>& keys) {
  DrawnUnits drawn{{}, keys, keys.size()};
  for (std::uint32_t unit = 0; unit < keys.size(); ++unit) drawn.unit.push_back(unit);
  return drawn;
}

std::vector<UnitCounts> draws_of(const DrawnUnits& drawn, int threads) {
  std::vector<UnitCounts> all(50);
  Control control;
  control.threads = threads;
  draw_units(drawn, {50, 42}, control,
             [&](std::size_t draw, const UnitCounts& counts) { all[draw] = counts; });
  return all;
}

TEST(UnitDraws, AUnitsCountsDependOnItsKeyAlone) {
  const auto both = draws_of(units_with_keys({11, 22, 33}), 1);
  const auto other = draws_of(units_with_keys({33, 44, 11}), 3);
  for (std::size_t draw = 0; draw < both.size(); ++draw) {
    EXPECT_EQ(both[draw][0], other[draw][2]);
    EXPECT_EQ(both[draw][2], other[draw][0]);
  }
}

TEST(UnitDraws, CountsArePoissonOfMeanOne) {
  std::vector<std::uint64_t> keys;
  for (std::uint64_t key = 0; key < 2000; ++key) keys.push_back(key);
  double sum = 0;
  double squares = 0;
  double zeros = 0;
  for (const UnitCounts& counts : draws_of(units_with_keys(keys), 2)) {
    for (const std::uint8_t count : counts) {
      sum += count;
      squares += double{1} * count * count;
      zeros += count == 0;
    }
  }
  const double n = 50 * 2000.0;
  EXPECT_NEAR(sum / n, 1, 0.02);
  EXPECT_NEAR(squares / n - sum / n * (sum / n), 1, 0.04);
  EXPECT_NEAR(zeros / n, std::exp(-1), 0.01);
}

}  // namespace
}  // namespace rarewood
