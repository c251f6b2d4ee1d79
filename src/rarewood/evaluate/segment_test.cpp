#include "rarewood/evaluate/segment.hpp"

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
    return judge_segments(model, {"device", names, of}, true);
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

}  // namespace
}  // namespace rarewood
