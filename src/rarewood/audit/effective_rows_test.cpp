#include "rarewood/audit/effective_rows.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

TEST(EffectiveRows, AreRowsOverTheEffect) {
  const RowShare share = fewer_rows({30, 1000}, 5);
  EXPECT_EQ(share.k, 6U);
  EXPECT_EQ(share.n, 200U);
  EXPECT_EQ(fewer_rows({3, 4}, 20).n, 1U) << "a row at least";
  EXPECT_EQ(fewer_rows({7, 1000}, 1).k, 7U);
  EXPECT_DOUBLE_EQ(trials_of({7, 10}, 4).k, 1.75);
}

TEST(EffectiveRows, TakeTheTablesOwnEffectWhereTrainingsIsNotKnown) {
  const DesignEffects effects = effects_of(0, 3, {0, 4});
  EXPECT_EQ(effects.before, 3);
  EXPECT_EQ(effects.after, 3);
}

TEST(EffectiveRows, TakeNoFewerThanTrainingsCorrelationSays) {
  EXPECT_DOUBLE_EQ(effects_of(3, 1, {5, 9}).after, 5) << "half alike: 1 + 0.5 x 8";
  EXPECT_DOUBLE_EQ(effects_of(3, 7, {5, 9}).after, 7) << "the table shows more";
  EXPECT_DOUBLE_EQ(effects_of(5.5, 1, {5, 9}).after, 9) << "no more than alike";
  EXPECT_DOUBLE_EQ(effects_of(3, 1, {5, 1}).after, 1) << "rows without groups are independent";
  EXPECT_DOUBLE_EQ(effects_of(3, 1, {5, 9}).before, 3);
}

}  // namespace
}  // namespace rarewood
