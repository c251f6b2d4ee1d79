#include "rarewood/feature/labelled_rows.hpp"

#include <gtest/gtest.h>

#include "rarewood/table/fingerprint.hpp"
#include "rarewood/table/table.hpp"
#include "rarewood/table/table_for_test.hpp"
#include "rarewood/table/table_writer.hpp"

namespace rarewood {
namespace {

class LabelledRowsTest : public StoreForTest {
 protected:
  /// Four rows, and a keys file that says whose and when they are.
  LabelledRowsTest() {
    const auto rows = table_for_test({{"pages", arrow::int64(), {"[1, 7, 2, 7]"}},
                                      {"shop", arrow::int64(), {"[4, 4, 5, 5]"}},
                                      {"sold", arrow::int64(), {"[0, 1, 0, 1]"}}});
    const auto keys = table_for_test({{"user_id", arrow::int64(), {"[8, 9, 8, 9]"}},
                                      {"began", arrow::int64(), {"[3, 4, 5, 6]"}}});
    const auto put = [&](const std::string& key, const arrow::Table& table, const std::string& fact,
                         const arrow::Table& other) {
      const auto schema = with_metadata(*table.schema(), {{fact, table_fingerprint(other, {})}});
      write_table(*store, key, *table.ReplaceSchemaMetadata(schema->metadata()), {}, {});
    };
    put("t.parquet", *rows, "rarewood.keys_fingerprint", *keys);
    put("t.keys.parquet", *keys, "rarewood.table_fingerprint", *rows);
  }

  LabelledRows read(LabelledRowsRequest request) {
    request.schemas = {&schema_};
    request.usual_group = "user_id";
    return read_labelled_rows(*store, "t.parquet", request, Control{.threads = 1});
  }

 private:
  FeatureSchema schema_{{{"pages", FeatureKind::number, {}}}, {"sold", "0", "1"}, ""};
};

using Numbers = std::vector<std::int64_t>;

TEST_F(LabelledRowsTest, TakesWhatIsThereOfTheTableOrItsKeysFile) {
  const LabelledRows both = read({.time_if_there = "began", .group_if_there = "shop"});
  EXPECT_EQ(both.times->values, (Numbers{3, 4, 5, 6}));
  EXPECT_EQ(both.group->name, "shop");
  EXPECT_EQ(both.group->values, (Numbers{4, 4, 5, 5}));
  const LabelledRows keyed = read({.time = "began", .group = "user_id"});
  EXPECT_EQ(keyed.times->values, (Numbers{3, 4, 5, 6}));
  EXPECT_EQ(keyed.group->values, (Numbers{8, 9, 8, 9}));
  const LabelledRows beside = read({.group_if_there = "began"});
  EXPECT_EQ(beside.group->name, "began");
  EXPECT_FALSE(beside.times);
}

TEST_F(LabelledRowsTest, GoesOnWithoutWhatNeitherHas) {
  const LabelledRows rows = read({.time_if_there = "day", .group_if_there = "customer"});
  EXPECT_FALSE(rows.times);
  EXPECT_EQ(rows.group->name, "user_id");
  EXPECT_EQ(rows.labels.positive, (std::vector<std::uint8_t>{0, 1, 0, 1}));
}

TEST_F(LabelledRowsTest, RefusesWithoutWhatIsNeeded) {
  EXPECT_NE(refusal_for_test([&] { read({.time = "day"}); }).find("no column 'day'"),
            std::string::npos);
}

}  // namespace
}  // namespace rarewood
