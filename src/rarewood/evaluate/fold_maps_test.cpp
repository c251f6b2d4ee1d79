#include "rarewood/evaluate/fold_maps.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/calibration_choice.hpp"
#include "rarewood/evaluate/scores_for_test.hpp"

namespace rarewood {
namespace {

using LeaveOut = FoldMaps::LeaveOut;

OofScores drawn_scores(std::uint64_t rows_each) {
  Random random(3, "fold maps test");
  ScoreList list;
  for (int i = 0; i < 600; ++i) {
    const double score = (1 + i % 150) / 151.0;
    const std::uint64_t n1 = draw_binomial(random, rows_each, score * score);
    list.push_back({score, rows_each - n1, n1});
  }
  return ScoresForTest::out_of_fold(list);
}

TEST(FoldMaps, AreLearnedFromAllOtherFolds) {
  const OofScores scores = drawn_scores(20);
  const FoldMaps maps(scores, LeaveOut::two, {});
  ASSERT_EQ(maps.folds(), 5U);
  for (std::size_t m = 0; m < kCalibrations.size(); ++m) {
    EXPECT_EQ(maps.without(2, 2).at(m), fit_calibrator(scores.without_fold(2), kCalibrations[m]));
    EXPECT_EQ(maps.without(3, 1).at(m),
              fit_calibrator(scores.without_fold(1).without_fold(3), kCalibrations[m]));
  }
  EXPECT_NE(maps.without(1, 1).at(1), maps.without(1, 3).at(1));
}

TEST(FoldMaps, AreEmptyWhereAClassHasNoRow) {
  ScoreList list;
  for (int i = 0; i < 10; ++i) list.push_back({i / 10.0, 5, i % 5 == 4 ? 3U : 0U});
  const FoldMaps maps(ScoresForTest::out_of_fold(list), LeaveOut::two, {});
  EXPECT_TRUE(maps.without(4, 4).empty());
  EXPECT_TRUE(maps.without(0, 4).empty());
  EXPECT_FALSE(maps.without(0, 1).empty());
}

TEST(CrossFitCalibrators, ChooseForEachFoldWhatItsOthersChoose) {
  for (const std::uint64_t rows_each : {1U, 20U}) {
    const OofScores scores = drawn_scores(rows_each);
    const std::vector<Calibrator> calibrators = cross_fit_calibrators(scores, {});
    ASSERT_EQ(calibrators.size(), 5U);
    for (std::uint32_t fold = 0; fold < 5; ++fold) {
      const OofScores others = scores.without_fold(fold);
      const std::string method = choose_calibration(others, {}).method;
      EXPECT_EQ(calibrators[fold].method, method);
      EXPECT_EQ(calibrators[fold], fit_calibrator(others, method));
    }
  }
}

TEST(CrossFitCalibrators, AreSimpleOnFewPositivesAndRefuseOneClass) {
  ScoreList list;
  for (int i = 0; i < 50; ++i) list.push_back({i / 50.0, 5, i > 40 ? 1U : 0U});
  const OofScores few = ScoresForTest::out_of_fold(list);
  for (const Calibrator& each : cross_fit_calibrators(few, {})) EXPECT_EQ(each.method, "platt");
  for (std::size_t i = 0; i < list.size(); ++i) list[i].n1 = i % 5 == 4 ? 1 : 0;
  EXPECT_THROW(cross_fit_calibrators(ScoresForTest::out_of_fold(list), {}), Error);
}

}  // namespace
}  // namespace rarewood
