#include "rarewood/base/file_lock.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"

namespace rarewood {
namespace {

namespace fs = std::filesystem;

class FileLockTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("rarewood-lock-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
};

TEST_F(FileLockTest, keeps_a_second_holder_out_and_leaves_nothing) {
  const fs::path path = folder_ / "model.pkl";
  {
    const FileLock first(path, 1, {});
    EXPECT_THROW(FileLock(path, 0.02, {}), Error);
  }
  const FileLock again(path, 0.02, {});
  EXPECT_TRUE(fs::exists(folder_ / "model.pkl.lock"));
}

TEST_F(FileLockTest, is_gone_when_its_holder_is_killed) {
  const fs::path path = folder_ / "model.pkl";
  const pid_t child = ::fork();
  if (child == 0) {
    new FileLock(path, 1, {});
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(fs::exists(folder_ / "model.pkl.lock"));
  const FileLock lock(path, 0.02, {});
}

TEST_F(FileLockTest, ends_early_when_stopped) {
  const fs::path path = folder_ / "model.pkl";
  const FileLock holder(path, 1, {});
  std::stop_source stop;
  stop.request_stop();
  try {
    FileLock(path, 60, stop.get_token());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::interrupted);
  }
}

// Each process adds one to a number in a file: a lost turn is a lost one.
TEST_F(FileLockTest, lets_processes_take_turns) {
  const fs::path path = folder_ / "count";
  write_file_whole(path, "0");
  constexpr int kProcesses = 4;
  constexpr int kTurns = 15;
  for (int i = 0; i < kProcesses; ++i) {
    if (::fork() != 0) continue;
    for (int turn = 0; turn < kTurns; ++turn) {
      const FileLock lock(path, 60, {});
      write_file_whole(path, std::to_string(std::stoi(read_file(path)) + 1));
    }
    ::_exit(0);
  }
  for (int i = 0; i < kProcesses; ++i) ::wait(nullptr);
  EXPECT_EQ(read_file(path), std::to_string(kProcesses * kTurns));
  EXPECT_FALSE(fs::exists(folder_ / "count.lock"));
}

}  // namespace
}  // namespace rarewood
