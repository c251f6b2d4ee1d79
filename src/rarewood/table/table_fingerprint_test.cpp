#include <set>

#include "rarewood/table/fingerprint.hpp"
#include "rarewood/table/table_for_test.hpp"

namespace rarewood {
namespace {

std::string of(const std::string& name, std::shared_ptr<arrow::DataType> type,
               const std::vector<std::string>& chunks) {
  return table_fingerprint(*table_for_test({{name, std::move(type), chunks}}), {});
}

TEST(TableFingerprint, ChunksDoNotMatter) {
  EXPECT_EQ(of("a", arrow::int64(), {"[1, null, 3, 4]"}),
            of("a", arrow::int64(), {"[1]", "[null, 3]", "[]", "[4]"}));
  EXPECT_EQ(of("a", arrow::boolean(), {"[true, null, false]"}),
            of("a", arrow::boolean(), {"[true]", "[null, false]"}));
  EXPECT_EQ(of("a", arrow::utf8(), {"[\"x\", null, \"yz\"]"}),
            of("a", arrow::utf8(), {"[\"x\", null]", "[\"yz\"]"}));
}

TEST(TableFingerprint, CodesAreTheirText) {
  EXPECT_EQ(of("a", arrow::dictionary(arrow::int8(), arrow::utf8()), {"[\"x\", null, \"y\"]"}),
            of("a", arrow::utf8(), {"[\"x\", null, \"y\"]"}));
}

TEST(TableFingerprint, UnitsOfTimeAreTheSameTime) {
  EXPECT_EQ(of("a", arrow::timestamp(arrow::TimeUnit::SECOND), {"[7, null]"}),
            of("a", arrow::timestamp(arrow::TimeUnit::MILLI), {"[7000, null]"}));
}

TEST(TableFingerprint, EverythingElseMatters) {
  const std::vector<std::string> all = {
      of("a", arrow::int64(), {"[1, 2]"}),          of("b", arrow::int64(), {"[1, 2]"}),
      of("a", arrow::int32(), {"[1, 2]"}),          of("a", arrow::int64(), {"[2, 1]"}),
      of("a", arrow::int64(), {"[1, 2, null]"}),    of("a", arrow::int64(), {"[1, 2, 0]"}),
      of("a", arrow::int64(), {"[1, null, 2]"}),    of("a", arrow::int64(), {"[]"}),
      of("a", arrow::utf8(), {"[\"x\", \"\"]"}),    of("a", arrow::utf8(), {"[\"\", \"x\"]"}),
      of("a", arrow::utf8(), {"[\"x\", null]"}),    of("a", arrow::float32(), {"[1, 2]"}),
      of("a", arrow::boolean(), {"[true, false]"}),
  };
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
}

TEST(TableFingerprint, SameForAnyThreads) {
  const auto table = table_for_test({{"a", arrow::int64(), {"[1, 2]"}},
                                     {"b", arrow::utf8(), {"[\"x\", \"y\"]"}},
                                     {"c", arrow::int8(), {"[1, null]"}}});
  EXPECT_EQ(table_fingerprint(*table, Control{.threads = 1}),
            table_fingerprint(*table, Control{.threads = 3}));
}

}  // namespace
}  // namespace rarewood
