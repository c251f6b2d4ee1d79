#include "rarewood/evaluate/segment.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"

namespace rarewood {
namespace {

/// Right probabilities, and rows dealt to levels; on the last one scores may know nothing.
struct Made {
  Contestant model{"model", "", "test", {}, {}, {}};
  std::vector<std::uint32_t> of;

  Made(std::uint64_t seed, std::uint32_t levels, bool last_is_blind) {
    Random random(seed, "segment test");
    for (int row = 0; row < 4000; ++row) {
      const double chance = 0.5 * random.uniform() * random.uniform();
      const bool positive = random.uniform() < chance;
      of.push_back(static_cast<std::uint32_t>(random.below(levels)));
      const bool blind = last_is_blind && of.back() + 1 == levels;
      model.probabilities.push_back({blind ? 0.5 * random.uniform() * random.uniform() : chance,
                                     positive ? 0U : 1U, positive ? 1U : 0U});
    }
    model.flags = flags_at(model.probabilities, 0.2);
  }

  Segmentation judged(const std::vector<std::string>& names) const {
    return judge_segments(model, {"device", names, of}, true, {});
  }
};

TEST(Segments, AddUpToAllRows) {
  const Made made(1, 3, false);
  const Segmentation judged = made.judged({"a", "b", "c", "none"});
  ASSERT_EQ(judged.segments.size(), 3U);  // a level without rows is left out
  std::uint64_t rows = 0;
  std::uint64_t positives = 0;
  for (const Segment& segment : judged.segments) {
    rows += segment.rows;
    positives += segment.positives;
    EXPECT_LE(segment.flag_rate.low * static_cast<double>(segment.rows),
              static_cast<double>(segment.flagged));
  }
  EXPECT_EQ(rows, class_totals(made.model.probabilities).rows());
  EXPECT_EQ(positives, class_totals(made.model.probabilities).n1);
}

TEST(Segments, NameTheOneThatRanksWorse) {
  const Segmentation judged = Made(2, 3, true).judged({"a", "b", "c"});
  EXPECT_LT(judged.segments[2].p_ranking, 1e-6);
  EXPECT_TRUE(judged.verdict.starts_with("Ranked worst, beyond chance: c (AUC 0."))
      << judged.verdict;
}

TEST(Segments, ThatDifferByChanceAreSeldomCalledWorse) {
  int called = 0;
  int off = 0;
  constexpr int kRounds = 40;
  for (std::uint64_t seed = 0; seed < kRounds; ++seed) {
    const Segmentation judged =
        Made(100 + seed, 8, false).judged({"a", "b", "c", "d", "e", "f", "g", "h"});
    called += judged.verdict.starts_with("Ranked worst, beyond chance") ? 1 : 0;
    off += judged.verdict.find("are off") != std::string::npos ? 1 : 0;
  }
  // One in twenty for all eight levels together; without the adjustment one in three.
  EXPECT_LE(called, 6);
  EXPECT_LE(off, 6);
}

TEST(Segments, OfFewRowsAreMarkedAndNotCompared) {
  Made made(3, 2, false);
  for (std::size_t row = 0; row < made.of.size(); ++row) made.of[row] = row < 20 ? 1 : 0;
  const Segmentation judged = made.judged({"most", "few"});
  EXPECT_TRUE(judged.segments[1].few);
  EXPECT_EQ(judged.segments[1].p_ranking, 1);
  EXPECT_EQ(judged.verdict, "Too few rows of both classes to compare levels.");
}

/// Rows of one level of AUC about 1 - overlap / 2: positive scores reach that far down.
void add_level(Made& made, std::uint32_t level, double overlap, double from) {
  Random random(level, "segment level");
  for (int row = 0; row < 400; ++row) {
    const bool positive = row % 4 == 0;
    const double place = positive && random.uniform() > overlap ? 1.5 : random.uniform();
    made.model.probabilities.push_back({from + place / 10, positive ? 0U : 1U, positive ? 1U : 0U});
    made.of.push_back(level);
  }
}

Made empty() {
  Made made(1, 1, false);
  made.model.probabilities.clear();
  made.of.clear();
  return made;
}

Made flagged_at(Made made, double threshold) {
  made.model.flags = flags_at(made.model.probabilities, threshold);
  return made;
}

TEST(Segments, ThatRankBetterAreNotCalledWorst) {
  // All rows of levels a and b have scores of their own: across them the model ranks worse than
  // within any. Seen against all other rows, c would stand out in the wrong direction.
  Made made = empty();
  add_level(made, 0, 0.55, 0.1);
  add_level(made, 1, 0.6, 0.5);
  add_level(made, 2, 0.65, 0.3);
  for (std::size_t i = 0; i < made.of.size(); ++i) {
    // Many positive rows where scores are low.
    if (made.of[i] == 0) made.model.probabilities[i].n1 *= 4;
  }
  const Segmentation judged = flagged_at(made, 0.4).judged({"a", "b", "c"});
  EXPECT_TRUE(judged.verdict.starts_with("Ranked worst: c")) << judged.verdict;
  EXPECT_NE(judged.verdict.find("which may be chance"), std::string::npos) << judged.verdict;
  double sum = 0;
  for (const Segment& segment : judged.segments) sum += segment.p_ranking < 0.05 ? 1 : 0;
  EXPECT_EQ(sum, 0);
}

TEST(Segments, AreTestedOnTheWorseSideOnly) {
  Made made = empty();
  add_level(made, 0, 0.2, 0);
  add_level(made, 1, 0.9, 0);
  const Segmentation judged = flagged_at(made, 0.1).judged({"good", "bad"});
  EXPECT_GT(judged.segments[0].p_ranking, 0.99);
  EXPECT_LT(judged.segments[1].p_ranking, 1e-3);
}

/// A level of AUC 0.97 on 25 positive rows beside one without an error.
Segmentation beside_perfect(std::uint64_t positives) {
  Made made = empty();
  made.model.probabilities = {
      {0.1, 297, 0},      {0.5, 3, 0}, {0.4, 0, 1}, {0.9, 0, 24}, {0.1, 12 * positives, 0},
      {0.9, 0, positives}};
  made.of = {0, 0, 0, 0, 1, 1};
  return flagged_at(made, 0.3).judged({"near", "perfect"});
}

TEST(Segments, WithoutAnErrorAreNoProofThatOthersAreWorse) {
  const Segmentation judged = beside_perfect(25);
  EXPECT_GT(judged.segments[0].p_ranking, 0.05);
  EXPECT_EQ(judged.segments[1].p_ranking, 1);
  EXPECT_LT(beside_perfect(100000).segments[0].p_ranking, judged.segments[0].p_ranking);
}

TEST(Segments, OfFewGroupsAreNotTested) {
  Made made(4, 2, true);
  std::vector<std::uint32_t> block;
  for (std::size_t row = 0; row < made.of.size(); ++row) {
    block.push_back(static_cast<std::uint32_t>(made.of[row] == 0 ? row % 4 : row));
  }
  made.model.blocks = blocks_of_entries(made.model.probabilities, block);
  const Segmentation judged = made.judged({"few", "many"});
  EXPECT_TRUE(judged.segments[0].few_groups);
  EXPECT_TRUE(std::isnan(judged.segments[0].positive_rate.low));
  EXPECT_EQ(judged.segments[0].p_ranking, 1);
  EXPECT_EQ(judged.segments[0].p_calibration, 1);
  EXPECT_FALSE(judged.segments[1].few_groups);
  EXPECT_FALSE(judged.segments[1].compared);
  EXPECT_TRUE(judged.verdict.starts_with("Too few groups to compare levels.")) << judged.verdict;
}

TEST(Segments, HaveRatesByWholeGroups) {
  // Every row four times in one group.
  const Made once(5, 2, false);
  Made fourfold = once;
  std::vector<std::uint32_t> block;
  for (std::size_t row = 0; row < once.of.size(); ++row) {
    ScoreCount& entry = fourfold.model.probabilities[row];
    entry.n0 *= 4;
    entry.n1 *= 4;
    block.push_back(static_cast<std::uint32_t>(row));
  }
  fourfold.model.blocks = blocks_of_entries(fourfold.model.probabilities, block);
  const Segmentation right = once.judged({"a", "b"});
  const Segmentation judged = fourfold.judged({"a", "b"});
  for (std::size_t level : {0U, 1U}) {
    for (const auto rate : {&Segment::positive_rate, &Segment::flag_rate}) {
      const Interval a = judged.segments[level].*rate;
      const Interval b = right.segments[level].*rate;
      EXPECT_NEAR((a.high - a.low) / (b.high - b.low), 1, 0.01);
    }
  }
}

TEST(Segments, AreTestedForCalibrationWhereNoOtherIsLargeEnough) {
  Made made(6, 2, false);
  for (std::size_t row = 0; row < made.of.size(); ++row) {
    made.of[row] = row < 20 ? 1 : 0;
    made.model.probabilities[row].score *= 1.5;
  }
  const Segmentation judged = flagged_at(made, 0.2).judged({"most", "few"});
  EXPECT_FALSE(judged.segments[0].few);
  EXPECT_FALSE(judged.segments[0].compared);
  EXPECT_LT(judged.segments[0].p_calibration, 0.001);
  EXPECT_NE(judged.verdict.find("are off, beyond chance, for most"), std::string::npos)
      << judged.verdict;
}

}  // namespace
}  // namespace rarewood
