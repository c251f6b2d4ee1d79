#include "rarewood/track/sync.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"

namespace rarewood {
namespace {

namespace fs = std::filesystem;

/// A journal with two runs and with what is none.
class Sync : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(testing::TempDir()) /
            (std::string("sync_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(root_);
    for (const char* name :
         {"20260102T000000Z-b", "20260101T000000Z-c", "20260103T000000Z-a.part-1-2"}) {
      replace_file(root_ / name / "run.json", "{}");
    }
    fs::create_directories(root_ / "empty");
  }
  void TearDown() override { fs::remove_all(root_); }

  fs::path root_;
};

std::vector<std::string> names_of(const std::vector<fs::path>& folders) {
  std::vector<std::string> names;
  for (const auto& folder : folders) names.push_back(folder.filename().string());
  return names;
}

SyncedRun sent(const std::string& version, const std::string& warning) {
  SyncedRun run{"r1", "sent", {}};
  run.result.mlflow_run_id = "12ab";
  run.result.model_version = version;
  run.result.complete = true;
  run.result.warning = warning;
  return run;
}

TEST_F(Sync, TakesWholeRunsInOrderOfTime) {
  EXPECT_EQ(names_of(runs_to_sync(root_.string(), {})),
            (std::vector<std::string>{"20260101T000000Z-c", "20260102T000000Z-b"}));
}

TEST_F(Sync, TakesARunByNameOrPathOnce) {
  const std::string path = (root_ / "20260102T000000Z-b").string() + "/";
  const auto found = runs_to_sync(root_.string(), {path, "20260102T000000Z-b"});
  EXPECT_EQ(names_of(found), (std::vector<std::string>{"20260102T000000Z-b"}));
}

TEST_F(Sync, RefusesWhatIsNoRun) {
  for (const char* name : {"empty", "none", "20260103T000000Z-a.part-1-2"}) {
    EXPECT_THROW(runs_to_sync(root_.string(), {name}), Error) << name;
  }
  EXPECT_THROW(runs_to_sync((root_ / "none").string(), {}), Error);
}

TEST_F(Sync, RefusesToSendToNoServer) {
  EXPECT_THROW(sync_runs({}, TrackOptions{}, [](const SyncedRun&) {}, Control{}), Error);
}

TEST(SyncLine, SaysWhatBecameOfARun) {
  EXPECT_EQ(sync_line(sent("3", "")), "r1: sent (MLflow run 12ab, model version 3)");
  EXPECT_EQ(sync_line(sent("", "Old server.")), "r1: sent (MLflow run 12ab). Old server.");
  EXPECT_EQ(sync_line({"r1", "not tried", {}}), "r1: not tried");
  SyncedRun failed{"r1", "not sent", {}};
  failed.result.warning = "It is down.";
  EXPECT_EQ(sync_line(failed), "r1: not sent. It is down.");
}

TEST(SyncSummary, CountsEachOutcome) {
  const SyncReport report{1204, {sent("3", ""), {"r2", "not sent", {}}, {"r3", "not tried", {}}}};
  EXPECT_EQ(sync_summary(report), "1 run sent, 2 not sent, 1,204 there already.");
  EXPECT_EQ(sync_summary({}), "0 runs sent.");
}

}  // namespace
}  // namespace rarewood
