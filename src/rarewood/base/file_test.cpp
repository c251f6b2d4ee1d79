#include "rarewood/base/file.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

namespace fs = std::filesystem;

class FileTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("rarewood-file-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::ptrdiff_t files() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }

  fs::path folder_;
};

/// Files of this process cannot grow beyond `bytes`, as if the disk were full.
class SmallDisk {
 public:
  explicit SmallDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    (void)std::signal(SIGXFSZ, handler_);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST_F(FileTest, replaces_whole_or_not_at_all) {
  const fs::path path = folder_ / "model.pkl";
  write_file_whole(path, "old");
  {
    const SmallDisk disk(1000);
    try {
      write_file_whole(path, std::string(5000, 'x'));
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::external);
      EXPECT_NE(std::string(error.what()).find(path.string()), std::string::npos);
    }
  }
  EXPECT_EQ(read_file(path), "old");
  EXPECT_EQ(files(), 1);
}

TEST_F(FileTest, reads_every_byte_whatever_size_is_told) {
  for (const std::size_t size : {0, 1, 4095, 4096, 4097, 300'000}) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 31 % 251);
    write_file_whole(folder_ / "bytes", bytes);
    EXPECT_EQ(read_file(folder_ / "bytes"), bytes) << size;
  }
  const std::string told_as_empty = read_file("/proc/self/status");
  EXPECT_NE(told_as_empty.find("Name:"), std::string::npos);
  EXPECT_TRUE(told_as_empty.ends_with("\n"));
}

TEST_F(FileTest, staged_file_is_seen_only_when_published) {
  const fs::path path = folder_ / "below" / "t.csv";
  {
    StagedFile(path).write("dropped");
  }
  EXPECT_TRUE(fs::is_empty(folder_ / "below"));
  StagedFile file(path);
  file.write("a");
  file.write("b");
  EXPECT_FALSE(fs::exists(path));
  file.publish();
  EXPECT_EQ(read_file(path), "ab");
}

TEST_F(FileTest, facts_change_with_every_write) {
  const fs::path path = folder_ / "k";
  EXPECT_FALSE(file_facts(path));
  EXPECT_FALSE(file_facts(folder_));
  write_file_whole(path, "same");
  const FileFacts first = *file_facts(path);
  write_file_whole(path, "same");
  const FileFacts second = *file_facts(path);
  EXPECT_EQ(first.size, 4U);
  EXPECT_TRUE(first.identity != second.identity || first.modified_ns != second.modified_ns);
}

TEST_F(FileTest, a_folder_to_come_is_tried_without_making_it) {
  check_folder_writable(folder_ / "runs" / "of today");
  check_folder_writable(folder_);
  EXPECT_EQ(files(), 0);
  write_file_whole(folder_ / "runs", "a file");
  EXPECT_THROW(check_folder_writable(folder_ / "runs"), Error);
  EXPECT_THROW(check_folder_writable(folder_ / "runs" / "of today"), Error);
  EXPECT_THROW(check_folder_writable("/proc/runs"), Error);
  EXPECT_EQ(files(), 1);
}

TEST(ReplaceFile, PutsNewBytesInThePlaceOfTheOldAndLeavesNothingBeside) {
  const std::filesystem::path folder = testing::TempDir() + "replace_file";
  std::filesystem::remove_all(folder);
  replace_file(folder / "note", "a longer old text");
  replace_file(folder / "note", "new");
  EXPECT_EQ(read_file(folder / "note"), "new");
  using Files = std::filesystem::directory_iterator;
  EXPECT_EQ(std::distance(Files(folder), Files()), 1);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace rarewood
