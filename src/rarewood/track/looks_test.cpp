#include "rarewood/track/looks.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "rarewood/base/file.hpp"
#include "rarewood/report/record_for_test.hpp"
#include "rarewood/report/record_json.hpp"
#include "rarewood/track/journal.hpp"

namespace rarewood {
namespace {

const std::string kPart(32, 'a');
const std::string kOther(32, 'b');

class Looks : public testing::Test {
 protected:
  void SetUp() override {
    root_ = testing::TempDir() + "looks_" +
            testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(root_);
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  void keep(const std::string& run_id, const std::string& test_part) {
    RunRecord record = assigned_job();
    record.run_id = run_id;
    record.test_part = test_part;
    write_run(root_.string(), record, {});
  }
  std::uint64_t looks(const std::string& part) const { return looks_at(root_.string(), part); }

  std::filesystem::path root_;
};

TEST_F(Looks, AreCountedForEachTestPart) {
  EXPECT_EQ(looks(kPart), 0U);  // there is no journal yet
  keep("11111111", kPart);
  keep("22222222", kOther);
  keep("33333333", kPart);
  EXPECT_EQ(looks(kPart), 2U);
  EXPECT_EQ(looks(kOther), 1U);
}

TEST_F(Looks, AreCountedBesideDamagedEntries) {
  keep("11111111", kPart);
  write_file_whole(root_ / "cut" / "run.json", "{\n  \"format_ver");
  write_file_whole(root_ / "bytes" / "run.json", std::string(9000, '\xff'));
  write_file_whole(root_ / "a file", kPart);
  std::filesystem::create_directories(root_ / "empty");
  std::filesystem::create_directories(root_ / "folder" / "run.json");
  EXPECT_EQ(looks(kPart), 1U);
}

TEST_F(Looks, DoNotCountWhatIsStillBeingWritten) {
  keep("11111111", kPart);
  const auto run = std::filesystem::directory_iterator(root_)->path();
  std::filesystem::copy(run, root_ / "run.part-1", std::filesystem::copy_options::recursive);
  EXPECT_EQ(looks(kPart), 1U);
}

TEST_F(Looks, DoNotCountANameThatQuotesTheKey) {
  RunRecord record = assigned_job();
  record.run_name = "\"test_part\": \"" + kPart + "\"";
  write_run(root_.string(), record, {});
  EXPECT_EQ(looks(kPart), 0U);
}

TEST_F(Looks, AreRecordedAndWarnedOfOnceTheyAreMany) {
  for (int i = 1; i < static_cast<int>(kManyLooks) - 1; ++i) {
    keep(std::to_string(10'000'000 + i), kPart);
  }
  RunRecord record = assigned_job();
  record.test_part = kPart;
  record_look(root_.string(), record);
  EXPECT_EQ(record.looks, kManyLooks - 1);
  EXPECT_TRUE(record.warnings.empty());
  keep("99999999", kPart);
  record_look(root_.string(), record);
  ASSERT_EQ(record.warnings.size(), 1U);
  EXPECT_NE(record.warnings.front().find("looked at 10 times"), std::string::npos);
}

}  // namespace
}  // namespace rarewood
