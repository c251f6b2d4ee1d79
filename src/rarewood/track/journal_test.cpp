#include "rarewood/track/journal.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"
#include "rarewood/report/record_for_test.hpp"
#include "rarewood/report/record_json.hpp"
#include "rarewood/track/send_state.hpp"

namespace rarewood {
namespace {

RunRecord tracked_job() {
  RunRecord record = assigned_job();
  record.started_at_ms = 1330536630042;
  record.importance = {{"engagement_depth", 0.8}, {"hour_of_day", 0.2}};
  return record;
}

/// A journal of its own, gone with the test.
class Journal : public testing::Test {
 protected:
  void SetUp() override {
    root_ = testing::TempDir() + "journal_" +
            testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(root_);
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  std::string root() const { return root_.string(); }

  std::filesystem::path root_;
};

TEST_F(Journal, HoldsOneFolderARunWithItsFixedNames) {
  const auto folder =
      write_run(root(), tracked_job(), {{std::string(kModelArtifact), std::string("\0onnx", 5)}});
  EXPECT_EQ(folder.filename(), "20120229T173030Z-01234567");
  EXPECT_EQ(record_to_json(read_run(folder)), record_to_json(tracked_job()));
  EXPECT_EQ(artifact_names(folder),
            (std::vector<std::string>{"classification_report.txt", "confusion_matrix.json",
                                      "importance.json", "model/classification_model.onnx"}));
  EXPECT_EQ(read_file(artifact_path(folder, kModelArtifact)), std::string("\0onnx", 5));
}

TEST_F(Journal, KeepsCandidatesInsideTheirComparison) {
  RunRecord forest = tracked_job();
  forest.run_name = "forest with smote";
  RunRecord dummy = tracked_job();
  dummy.run_name = "dummy";
  const auto folder = write_run(root(), tracked_job(), {}, {forest, dummy});
  const auto candidates = candidate_folders(folder);
  ASSERT_EQ(candidates.size(), 2U);
  EXPECT_EQ(candidates[0].filename(), "01-forest-with-smote");
  EXPECT_EQ(candidates[1].filename(), "02-dummy");
  EXPECT_EQ(record_to_json(read_run(candidates[0])), record_to_json(forest));
  EXPECT_EQ(artifact_names(folder).size(), 3U);
  std::filesystem::create_directories(folder / "candidates" / "03-empty");
  EXPECT_EQ(candidate_folders(folder).size(), 2U);
  EXPECT_TRUE(candidate_folders(root_).empty());
}

TEST_F(Journal, KeepsTheRunsBesideEachOther) {
  RunRecord second = tracked_job();
  second.run_id = "ffffffff";
  write_run(root(), tracked_job(), {});
  write_run(root(), second, {});
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(root_), {}), 2);
}

TEST_F(Journal, LeavesNothingWhereARunCannotBeWritten) {
  // An artifact whose folder is taken by a file: the last step but one fails.
  EXPECT_THROW(write_run(root(), tracked_job(), {{"model", "a"}, {"model/x.onnx", "b"}}), Error);
  EXPECT_TRUE(std::filesystem::is_empty(root_));
}

TEST_F(Journal, RefusesAJournalThatIsAFile) {
  write_file_whole(root_, "taken");
  EXPECT_THROW(write_run(root(), tracked_job(), {}), Error);
  EXPECT_EQ(read_file(root_), "taken");
}

TEST_F(Journal, TakesNewerRecordsAndMoreArtifacts) {
  const auto folder = write_run(root(), tracked_job(), {});
  RunRecord newer = tracked_job();
  newer.timings["track"] = 0.25;
  rewrite_record(folder, newer);
  add_artifact(folder, {std::string(kFigureArtifact), "png"});
  EXPECT_EQ(read_run(folder).timings.at("track"), 0.25);
  EXPECT_EQ(artifact_names(folder).size(), 4U);
}

TEST_F(Journal, ListsNoArtifactThatIsStillBeingWritten) {
  const auto folder = write_run(root(), tracked_job(), {});
  std::ofstream(folder / "artifacts" / "a.png.part-1-0") << "half";
  EXPECT_EQ(artifact_names(folder).size(), 3U);
}

TEST_F(Journal, SaysWhichRunIsMissingOrDamaged) {
  EXPECT_THROW(read_run(root_ / "none"), Error);
  const auto folder = write_run(root(), tracked_job(), {});
  write_file_whole(folder / "run.json", "{");
  EXPECT_THROW(read_run(folder), Error);
}

TEST_F(Journal, RemembersWhatWasSentToTheSameServerOnly) {
  SendState state;
  state.tracking_uri = "http://127.0.0.1:5001";
  state.mlflow_run_id = "ab";
  state.facts_sent = true;
  state.artifacts_sent = {"importance.json"};
  state.problem = "slow";
  write_send_state(root_, state);
  const SendState same = read_send_state(root_, state.tracking_uri);
  EXPECT_EQ(same.mlflow_run_id, "ab");
  EXPECT_TRUE(same.facts_sent);
  EXPECT_EQ(same.artifacts_sent, state.artifacts_sent);
  EXPECT_EQ(read_send_state(root_, "http://other:5001").mlflow_run_id, "");
}

TEST_F(Journal, SendsAnewWhereTheStateIsDamaged) {
  write_file_whole(root_ / "sent.json", R"({"tracking_uri": 7})");
  EXPECT_EQ(read_send_state(root_, "http://127.0.0.1:5001").mlflow_run_id, "");
}

TEST(JournalNames, AreDocumented) {
  const std::string page = read_file("docs/reference/run-record.md");
  for (const auto& name : {kModelArtifact, kReportArtifact, kConfusionArtifact, kImportanceArtifact,
                           kFigureArtifact}) {
    EXPECT_NE(page.find("`" + std::string(name) + "`"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace rarewood
