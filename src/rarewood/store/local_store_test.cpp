#include "rarewood/store/local_store.hpp"

#include <atomic>
#include <chrono>
#include <thread>

#include <arrow/buffer.h>
#include <arrow/io/interfaces.h>
#include <arrow/result.h>
#include <arrow/status.h>
#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/file.hpp"

namespace rarewood {
namespace {

namespace fs = std::filesystem;

class LocalStoreTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    root_ = fs::temp_directory_path() / ("rarewood-store-" + std::to_string(now));
    store_ = make_local_store(root_, {});
  }
  void TearDown() override { fs::remove_all(root_); }

  std::string refusal(const std::string& key) const {
    try {
      (void)store_->read(key);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::external);
      return error.what();
    }
    return "";
  }

  std::size_t files() const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root_))
      count += entry.is_regular_file();
    return count;
  }

  fs::path root_;
  std::shared_ptr<ObjectStore> store_;
};

TEST_F(LocalStoreTest, reads_what_was_written) {
  const std::string bytes("\0\xFF whole\n", 9);
  store_->write("models/m.pkl", bytes);
  EXPECT_EQ(store_->read("models/m.pkl"), bytes);
  EXPECT_EQ(store_->find("models/m.pkl")->size, bytes.size());
  EXPECT_FALSE(store_->find("models/n.pkl"));
  EXPECT_FALSE(store_->find("models"));
  const auto file = store_->open("models/m.pkl");
  EXPECT_EQ(file->ReadAt(2, 100).ValueOrDie()->ToString(), bytes.substr(2));
  EXPECT_EQ(files(), 1U);
}

TEST_F(LocalStoreTest, lists_sorted_below_a_prefix_without_side_files) {
  for (const char* key : {"b/2", "b/1/x", "a", "bc"}) store_->write(key, key);
  write_file_whole(root_ / "b" / "1.part-77-0", "left by a killed process");
  write_file_whole(root_ / "b" / "1.lock", "");
  const auto keys = [this](const std::string& prefix) {
    std::vector<std::string> found;
    for (const ObjectInfo& object : store_->list(prefix)) found.push_back(object.key);
    return found;
  };
  EXPECT_EQ(keys(""), (std::vector<std::string>{"a", "b/1/x", "b/2", "bc"}));
  EXPECT_EQ(keys("b"), (std::vector<std::string>{"b/1/x", "b/2", "bc"}));
  EXPECT_EQ(keys("b/"), (std::vector<std::string>{"b/1/x", "b/2"}));
  EXPECT_EQ(keys("none/"), std::vector<std::string>{});
}

TEST_F(LocalStoreTest, says_what_is_there_instead) {
  store_->write("processed-data/training_data.parquet", "x");
  EXPECT_NE(refusal("processed-data/training_dat.parquet").find("mean 'training_data.parquet'"),
            std::string::npos);
  EXPECT_NE(refusal("procesed-data/x").find("mean 'processed-data/'"), std::string::npos);
  EXPECT_NE(refusal("processed-data").find("is a folder"), std::string::npos);
  EXPECT_NE(refusal("processed-data/training_data.parquet/x").find("does not exist"),
            std::string::npos);
}

TEST_F(LocalStoreTest, writes_only_over_what_was_seen) {
  EXPECT_TRUE(store_->write_if_match("k", "one", std::nullopt).written);
  const std::string seen = store_->find("k")->etag;
  const ConditionalWrite refused = store_->write_if_match("k", "two", std::nullopt);
  EXPECT_FALSE(refused.written);
  EXPECT_EQ(refused.etag, seen);
  const ConditionalWrite second = store_->write_if_match("k", "two", seen);
  EXPECT_TRUE(second.written);
  EXPECT_EQ(second.etag, store_->find("k")->etag);
  EXPECT_NE(second.etag, seen);
  EXPECT_FALSE(store_->write_if_match("k", "three", seen).written);
  EXPECT_FALSE(store_->write_if_match("absent", "x", seen).written);
  EXPECT_EQ(store_->read("k"), "two");
  EXPECT_EQ(files(), 1U);
}

TEST_F(LocalStoreTest, gives_one_writer_of_many_the_turn) {
  std::atomic<int> winners{0};
  std::vector<std::jthread> writers;
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&, i] {
      winners +=
          store_
              ->write_if_match("k", std::string(100'000, static_cast<char>('a' + i)), std::nullopt)
              .written;
    });
  }
  writers.clear();
  EXPECT_EQ(winners, 1);
  const std::string bytes = store_->read("k");
  EXPECT_EQ(bytes, std::string(100'000, bytes[0]));
}

TEST_F(LocalStoreTest, streams_a_whole_object_or_none) {
  store_->write("t.csv", "old");
  {
    const auto dropped = store_->create("t.csv");
    ASSERT_TRUE(dropped->Write("half").ok());
  }
  EXPECT_EQ(store_->read("t.csv"), "old");
  EXPECT_EQ(files(), 1U);
  const auto output = store_->create("t.csv");
  ASSERT_TRUE(output->Write("new ").ok());
  ASSERT_TRUE(output->Write("bytes").ok());
  EXPECT_EQ(store_->read("t.csv"), "old");
  ASSERT_TRUE(output->Close().ok());
  EXPECT_EQ(store_->read("t.csv"), "new bytes");
  EXPECT_EQ(files(), 1U);
}

TEST_F(LocalStoreTest, names_a_place_that_cannot_be_written) {
  store_->write("file", "x");
  for (const char* key : {"file/below", "file/below/deeper"}) {
    EXPECT_THROW(store_->write(key, "y"), Error);
    EXPECT_THROW(store_->create(key), Error);
    EXPECT_THROW(store_->write_if_match(key, "y", std::nullopt), Error);
  }
  EXPECT_EQ(store_->read("file"), "x");
}

}  // namespace
}  // namespace rarewood
