// Both boosters in one process, side by side in threads, and in a child made after a fit: each
// brings its own OpenMP, and pools of threads do not survive a fork.
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include <gtest/gtest.h>

#include "rarewood/base/process.hpp"
#include "rarewood/learn/booster_for_test.hpp"
#include "rarewood/learn/learner.hpp"

namespace rarewood {
namespace {

Ensemble fitted(const char* name, const FitPart& part, int threads = 3, const char* rounds = "20") {
  let_openmp_threads_sleep();  // as the program does
  const auto learner = learner_named(name).make({{"n_estimators", {rounds}}});
  return std::get<Ensemble>(learner->fit(part, {}, Control{.threads = threads}));
}

TEST(Boosters, train_side_by_side_in_threads) {
  const FitPart part = RowsForTest(2000, 1).part();
  const Ensemble xgboost = fitted("xgboost", part);
  const Ensemble lightgbm = fitted("lightgbm", part);
  std::vector<Ensemble> again(8);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < again.size(); ++i) {
      threads.emplace_back(
          [&, i] { again[i] = fitted(i % 2 == 0 ? "xgboost" : "lightgbm", part); });
    }
  }
  for (std::size_t i = 0; i < again.size(); ++i) {
    EXPECT_EQ(again[i], i % 2 == 0 ? xgboost : lightgbm);
  }
}

TEST(Boosters, train_after_a_fork) {
  const FitPart part = RowsForTest(2000, 1).part();
  const Ensemble xgboost = fitted("xgboost", part);
  const Ensemble lightgbm = fitted("lightgbm", part);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    alarm(20);  // a hang ends the child, not the test run
    const bool same = fitted("xgboost", part) == xgboost && fitted("lightgbm", part) == lightgbm;
    _exit(same ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

/// Wide enough that a second thread pays, and drawn in a moment.
FitPart wide_part() {
  constexpr std::size_t kRows = 20'000;
  constexpr std::size_t kFeatures = 51;
  Random random(2, "wide part");
  auto patterns = std::make_shared<Patterns>();
  patterns->count = kRows;
  patterns->category_counts.assign(kFeatures, 0);
  for (std::size_t i = 0; i < kRows * kFeatures; ++i) {
    patterns->values.push_back(static_cast<float>(random.below(1000)));
  }
  std::vector<PatternCount> counts;
  for (std::uint32_t row = 0; row < kRows; ++row) {
    const bool positive = patterns->value(row, 0) + patterns->value(row, 1) > 1500;
    counts.push_back({row, positive ? 0U : 3U, positive ? 2U : 1U});
  }
  return RowsForTest(100, 2).part().resampled(std::move(patterns), std::move(counts));
}

class BoostersOnThreads : public testing::TestWithParam<const char*> {};

TEST_P(BoostersOnThreads, make_the_same_bytes_on_two_as_on_one) {
  if (available_cores() < 2) GTEST_SKIP() << "one core never gets a second thread";
  const FitPart part = wide_part();
  const WeightedRows rows = rows_by_pattern(part.patterns(), part.counts(), 1);
  ASSERT_EQ(threads_that_pay(rows, Control{.threads = 2}), 2);
  const Ensemble alone = fitted(GetParam(), part, 1, "2");
  EXPECT_EQ(fitted(GetParam(), part, 2, "2"), alone);
}

INSTANTIATE_TEST_SUITE_P(Each, BoostersOnThreads, testing::Values("xgboost", "lightgbm"));

}  // namespace
}  // namespace rarewood
