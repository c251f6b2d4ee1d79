// Both boosters in one process, side by side in threads, and in a child made after a fit: each
// brings its own OpenMP, and pools of threads do not survive a fork.
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include <gtest/gtest.h>

#include "rarewood/learn/booster_for_test.hpp"
#include "rarewood/learn/learner.hpp"

namespace rarewood {
namespace {

Ensemble fitted(const char* name, const FitPart& part) {
  return std::get<Ensemble>(
      learner_named(name).make({{"n_estimators", {"20"}}})->fit(part, {}, Control{.threads = 3}));
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

}  // namespace
}  // namespace rarewood
