#include "rarewood/store/write_pair.hpp"

#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <filesystem>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/store/local_store.hpp"

namespace rarewood {
namespace {

namespace fs = std::filesystem;

class WritePairTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    root_ = fs::temp_directory_path() / ("rarewood-pair-" + std::to_string(now));
    store_ = make_local_store(root_, {});
    store_->write("m.onnx", "old");
    store_->write("m.pkl", "old");
  }
  void TearDown() override { fs::remove_all(root_); }

  /// What lies at the two places; no other file may.
  std::string present() const {
    EXPECT_EQ(std::distance(fs::directory_iterator(root_), fs::directory_iterator()), 2);
    return store_->read("m.onnx") + " " + store_->read("m.pkl");
  }

  fs::path root_;
  std::shared_ptr<ObjectStore> store_;
};

TEST_F(WritePairTest, writes_both_over_the_object_that_was_seen) {
  const auto seen = store_->find("m.onnx")->etag;
  EXPECT_TRUE(write_pair_if_match(*store_, {"m.onnx", "new"}, {"m.pkl", "also"}, seen).written);
  EXPECT_EQ(present(), "new also");
}

TEST_F(WritePairTest, writes_neither_if_somebody_else_was_first) {
  const auto seen = store_->find("m.onnx")->etag;
  store_->write("m.onnx", "theirs");
  EXPECT_FALSE(write_pair_if_match(*store_, {"m.onnx", "new"}, {"m.pkl", "new"}, seen).written);
  EXPECT_EQ(present(), "theirs old");
}

TEST_F(WritePairTest, writes_neither_if_the_second_finds_no_room) {
  const auto seen = store_->find("m.onnx")->etag;
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{100, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  const std::string large(1000, 'x');
  EXPECT_THROW(write_pair_if_match(*store_, {"m.onnx", "new"}, {"m.pkl", large}, seen), Error);
  ::setrlimit(RLIMIT_FSIZE, &before);
  (void)std::signal(SIGXFSZ, handler);
  EXPECT_EQ(present(), "old old");
}

}  // namespace
}  // namespace rarewood
