#include "rarewood/evaluate/calibration_choice.hpp"

#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "rarewood/base/random.hpp"
#include "rarewood/evaluate/scores_for_test.hpp"

namespace rarewood {
namespace {

// The rule against leaks: calibration is chosen on out-of-fold scores only.
template <typename T>
constexpr bool kChooses = requires(const T& scores) { choose_calibration(scores, Control{}); };
static_assert(kChooses<OofScores>);
static_assert(!kChooses<TestScores>);

std::string chosen(std::uint64_t rows_each, const std::function<double(double)>& probability) {
  Random random(11, "choice test");
  ScoreList list;
  for (int i = 1; i < 500; ++i) {
    const double score = i / 500.0;
    for (int fold = 0; fold < 5; ++fold) {
      const std::uint64_t n1 = draw_binomial(random, rows_each, probability(score));
      list.push_back({score, rows_each - n1, n1});
    }
  }
  return choose_calibration(ScoresForTest::out_of_fold(list), {}).method;
}

TEST(CalibrationChoice, LeavesRightProbabilitiesAlone) {
  EXPECT_EQ(chosen(20, [](double score) { return score; }), "none");
}

TEST(CalibrationChoice, TakesTheSimplestThatFits) {
  const auto sigmoid = [](double f) { return 1 / (1 + std::exp(-f)); };
  EXPECT_EQ(chosen(20, [&](double s) { return sigmoid(0.5 * std::log(s / (1 - s)) - 1.5); }),
            "platt");
  EXPECT_EQ(
      chosen(100, [&](double s) { return sigmoid(2.5 * std::log(s) - 0.3 * std::log(1 - s)); }),
      "beta");
  EXPECT_EQ(chosen(100, [](double s) { return s < 0.5 ? 0.05 : 0.4; }), "isotonic");
}

TEST(CalibrationChoice, ComparesNothingOnFewPositives) {
  ScoreList list;
  for (int i = 0; i < 100; ++i) list.push_back({i / 100.0, 10, i > 85 ? 1U : 0U});
  const CalibrationChoice choice = choose_calibration(ScoresForTest::out_of_fold(list), {});
  EXPECT_EQ(choice.method, "platt");
  EXPECT_TRUE(choice.trials.empty());
}

TEST(CalibrationChoice, IsTheSameForAnyNumberOfThreads) {
  ScoreList list;
  for (int i = 0; i < 400; ++i) {
    list.push_back({(i % 80) / 80.0, 10, static_cast<std::uint64_t>(i % 80) / 20});
  }
  const OofScores scores = ScoresForTest::out_of_fold(list);
  Control four;
  four.threads = 4;
  const CalibrationChoice a = choose_calibration(scores, {});
  const CalibrationChoice b = choose_calibration(scores, four);
  ASSERT_EQ(a.trials.size(), b.trials.size());
  for (std::size_t i = 0; i < a.trials.size(); ++i) {
    EXPECT_EQ(a.trials[i].log_loss, b.trials[i].log_loss);
  }
}

}  // namespace
}  // namespace rarewood
