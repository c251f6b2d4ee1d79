#include "rarewood/learn/early_stopping.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/learn/booster_for_test.hpp"

namespace rarewood {
namespace {

TEST(HoldOut, shares_out_every_row_of_each_class_once) {
  const FitPart part = RowsForTest(5000, 1, true).part();
  const ClassTotals all = part.totals();
  const HeldOut parts = hold_out(part, 0.25, 1);
  const ClassTotals watched = class_totals(parts.watched);
  const ClassTotals fit = class_totals(parts.fit);
  EXPECT_NEAR(static_cast<double>(watched.n0), 0.25 * static_cast<double>(all.n0), 0.5);
  EXPECT_NEAR(static_cast<double>(watched.n1), 0.25 * static_cast<double>(all.n1), 0.5);
  EXPECT_EQ(watched.n0 + fit.n0, all.n0);
  EXPECT_EQ(watched.n1 + fit.n1, all.n1);
  EXPECT_EQ(hold_out(part, 0.25, 1).watched, parts.watched);
  EXPECT_NE(hold_out(part, 0.25, 2).watched, parts.watched);
}

TEST(HoldOut, leaves_a_row_of_each_class_on_each_side) {
  const FitPart part = RowsForTest(300, 1).part();
  for (const double share : {1e-9, 0.999999}) {
    const HeldOut parts = hold_out(part, share, 1);
    for (const ClassTotals& side : {class_totals(parts.fit), class_totals(parts.watched)}) {
      EXPECT_GE(side.n0, 1U);
      EXPECT_GE(side.n1, 1U);
    }
  }
}

TEST(HoldOut, leaves_rows_of_each_class_that_weigh_something_on_each_side) {
  const FitPart part = RowsForTest(300, 1).part();
  std::vector<PatternCount> counts;
  for (std::uint32_t i = 0; i < 100; ++i) counts.push_back({i, 9, 9, i < 2 ? 0.5F : 0.0F});
  counts[0].n1 = counts[1].n1 = 1;
  const FitPart weighted = part.resampled(part.shared_patterns(), counts);
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const HeldOut parts = hold_out(weighted, 0.3, seed);
    for (const auto& side : {parts.fit, parts.watched}) {
      const ClassWeightSums sums = class_weight_sums(side);
      EXPECT_GT(sums.w0, 0);
      EXPECT_GT(sums.w1, 0);
    }
  }
}

TEST(HoldOut, needs_two_rows_of_each_class) {
  const FitPart part = RowsForTest(300, 1).part();
  PatternCount one = part.counts().front();
  one.n0 = 50;
  one.n1 = 1;
  EXPECT_THROW(hold_out(part.resampled(part.shared_patterns(), {one}), 0.1, 1), Error);
}

TEST(BestRounds, is_the_first_best_within_patience) {
  const std::vector<double> losses{5, 4, 3, 3, 3.5, 2, 9};
  int asked = 0;
  const auto loss = [&](int round) {
    ++asked;
    return losses.at(static_cast<std::size_t>(round));
  };
  EXPECT_EQ(best_rounds({7, 2, false}, loss), 3);
  EXPECT_EQ(asked, 5);
  EXPECT_EQ(best_rounds({7, 3, false}, loss), 6);
  EXPECT_EQ(best_rounds({7, 1, true}, loss), 1);
  EXPECT_EQ(best_rounds({7, 6, true}, loss), 7);
}

}  // namespace
}  // namespace rarewood
