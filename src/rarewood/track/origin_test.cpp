#include "rarewood/track/origin.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "rarewood/base/file.hpp"

namespace rarewood {
namespace {

const std::string kCommit(40, 'a');

/// A folder that looks like a repository, gone with the test.
class Repository : public testing::Test {
 protected:
  void SetUp() override {
    root_ = testing::TempDir() + "repository_" +
            testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(root_);
    std::filesystem::create_directories(root_ / "deep" / "down");
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  std::filesystem::path root_;
};

TEST_F(Repository, TellsItsCommitToFoldersInside) {
  write_file_whole(root_ / ".git/HEAD", "ref: refs/heads/main\n");
  write_file_whole(root_ / ".git/refs/heads/main", kCommit + "\n");
  EXPECT_EQ(git_commit(root_ / "deep" / "down"), kCommit);
}

TEST_F(Repository, KnowsPackedReferencesAndDetachedHeads) {
  write_file_whole(root_ / ".git/HEAD", "ref: refs/heads/main\n");
  write_file_whole(root_ / ".git/packed-refs", "# pack\n" + kCommit + " refs/heads/main\n");
  EXPECT_EQ(git_commit(root_), kCommit);
  write_file_whole(root_ / ".git/HEAD", std::string(40, 'b') + "\n");
  EXPECT_EQ(git_commit(root_), std::string(40, 'b'));
}

TEST_F(Repository, KnowsWorktrees) {
  write_file_whole(root_ / "main/.git/refs/heads/side", kCommit + "\n");
  write_file_whole(root_ / "main/.git/worktrees/side/HEAD", "ref: refs/heads/side\n");
  write_file_whole(root_ / "main/.git/worktrees/side/commondir", "../..\n");
  write_file_whole(root_ / "deep/.git",
                   "gitdir: " + (root_ / "main/.git/worktrees/side").string() + "\n");
  EXPECT_EQ(git_commit(root_ / "deep" / "down"), kCommit);
}

TEST_F(Repository, SaysNothingWhereThereIsNoCommit) {
  write_file_whole(root_ / ".git/HEAD", "ref: refs/heads/main\n");
  EXPECT_EQ(git_commit(root_), "");
  write_file_whole(root_ / ".git/HEAD", "nonsense\n");
  EXPECT_EQ(git_commit(root_), "");
}

TEST(Origin, NamesTheCommandAsTheSource) {
  const auto tags = origin_tags("train");
  EXPECT_TRUE(std::ranges::count(
      tags, std::pair<std::string, std::string>{"mlflow.source.name", "rarewood train"}));
}

}  // namespace
}  // namespace rarewood
