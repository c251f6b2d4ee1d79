#include "rarewood/store/write_pair.hpp"

#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <functional>
#include <utility>

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/store/local_store.hpp"

namespace rarewood {
namespace {

namespace fs = std::filesystem;

/// Something happens after the first object was written and before the second is.
class LateStore : public ObjectStore {
 public:
  LateStore(std::shared_ptr<ObjectStore> store, std::function<void()> meanwhile)
      : store_(std::move(store)), meanwhile_(std::move(meanwhile)) {}

  Publish stage(const std::string& key, std::string_view bytes) override {
    return [this, publish = store_->stage(key, bytes)](const std::optional<std::string>& etag) {
      if (meanwhile_) std::exchange(meanwhile_, nullptr)();
      return publish(etag);
    };
  }
  std::string read(const std::string& key) const override { return store_->read(key); }
  std::shared_ptr<arrow::io::RandomAccessFile> open(const std::string& key) const override {
    return store_->open(key);
  }
  std::optional<ObjectInfo> find(const std::string& key) const override {
    return store_->find(key);
  }
  std::vector<ObjectInfo> list(const std::string& prefix) const override {
    return store_->list(prefix);
  }
  void write(const std::string& key, std::string_view bytes) override { store_->write(key, bytes); }
  ConditionalWrite write_if_match(const std::string& key, std::string_view bytes,
                                  const std::optional<std::string>& etag) override {
    return store_->write_if_match(key, bytes, etag);
  }
  std::shared_ptr<arrow::io::OutputStream> create(const std::string& key) override {
    return store_->create(key);
  }
  std::string uri(const std::string& key) const override { return store_->uri(key); }

 private:
  std::shared_ptr<ObjectStore> store_;
  std::function<void()> meanwhile_;
};

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

  PairPlace seen() const {
    const auto etag = [&](const char* key) { return store_->find(key)->etag; };
    return {"m.onnx", "m.pkl", etag("m.onnx"), etag("m.pkl")};
  }

  bool write(const PairPlace& place, const std::string& first) {
    return write_pair_if_match(*store_, place, first, wrapped);
  }

  static std::string wrapped(std::string_view first) { return "(" + std::string(first) + ")"; }

  fs::path root_;
  std::shared_ptr<ObjectStore> store_;
};

TEST_F(WritePairTest, writes_both_over_the_objects_that_were_seen) {
  EXPECT_TRUE(write(seen(), "new"));
  EXPECT_EQ(present(), "new (new)");
}

TEST_F(WritePairTest, writes_neither_if_somebody_else_was_first) {
  const PairPlace place = seen();
  store_->write("m.onnx", "theirs");
  EXPECT_FALSE(write(place, "new"));
  EXPECT_EQ(present(), "theirs old");
}

TEST_F(WritePairTest, writes_over_the_second_object_of_a_writer_who_lost) {
  const PairPlace place = seen();
  store_->write("m.pkl", "of one who was late");
  EXPECT_TRUE(write(place, "new"));
  EXPECT_EQ(present(), "new (new)");
}

TEST_F(WritePairTest, leaves_both_to_who_wrote_the_first_object_since) {
  LateStore late(store_, [&] { EXPECT_TRUE(write(seen(), "later")); });
  EXPECT_FALSE(write_pair_if_match(late, seen(), "new", wrapped));
  EXPECT_EQ(present(), "later (later)");
}

TEST_F(WritePairTest, mends_the_second_object_it_wrote_over_a_newer_first) {
  LateStore late(store_, [&] { store_->write("m.onnx", "later"); });
  EXPECT_FALSE(write_pair_if_match(late, seen(), "new", wrapped));
  EXPECT_EQ(present(), "later (later)");
}

TEST_F(WritePairTest, writes_neither_if_the_second_finds_no_room) {
  const PairPlace place = seen();
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit small{100, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  const std::string large(1000, 'x');
  EXPECT_THROW(write(place, large), Error);
  ::setrlimit(RLIMIT_FSIZE, &before);
  (void)std::signal(SIGXFSZ, handler);
  EXPECT_EQ(present(), "old old");
}

}  // namespace
}  // namespace rarewood
