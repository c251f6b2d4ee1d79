#include "rarewood/feature/row_keys.hpp"

#include <string>

#include "rarewood/table/table_for_test.hpp"

namespace rarewood {
namespace {

RowKeys keys_of(const std::shared_ptr<arrow::DataType>& type,
                const std::vector<std::string>& chunks) {
  return read_row_keys(*table_for_test({{"k", type, chunks}})->column(0), "k", "t.parquet");
}

using Numbers = std::vector<std::int64_t>;

TEST(RowKeys, IntegersOfEveryType) {
  EXPECT_EQ(keys_of(arrow::int8(), {"[-3, 5]"}).values, (Numbers{-3, 5}));
  EXPECT_EQ(keys_of(arrow::float64(), {"[-3, 5]"}).values, (Numbers{-3, 5}));
  EXPECT_EQ(keys_of(arrow::boolean(), {"[true, false]"}).values, (Numbers{1, 0}));
}

TEST(RowKeys, TimesAreSecondsRoundedDown) {
  EXPECT_EQ(keys_of(arrow::timestamp(arrow::TimeUnit::MILLI), {"[1999, -1]"}).values,
            (Numbers{1, -1}));
  EXPECT_EQ(keys_of(arrow::timestamp(arrow::TimeUnit::NANO), {"[5000000000]"}).values, Numbers{5});
  EXPECT_EQ(keys_of(arrow::date32(), {"[2, -1]"}).values, (Numbers{172800, -86400}));
}

TEST(RowKeys, TextIsItsPlaceAmongTheSorted) {
  const RowKeys keys = keys_of(arrow::utf8(), {"[\"b\", \"c\"]", "[\"a\", \"b\"]"});
  EXPECT_EQ(keys.values, (Numbers{1, 2, 0, 1}));
  EXPECT_EQ(keys.texts, (std::vector<std::string>{"a", "b", "c"}));
}

TEST(RowKeys, MissingAndOtherTypesAreRefused) {
  EXPECT_NE(refusal_for_test([] {
              keys_of(arrow::int64(), {"[1, null]", "[null]"});
            }).find("no value in 2 rows"),
            std::string::npos);
  refusal_for_test([] { keys_of(arrow::float64(), {"[1.5]"}); });
  refusal_for_test([] { keys_of(arrow::float64(), {"[NaN]"}); });
  refusal_for_test([] { keys_of(arrow::time32(arrow::TimeUnit::SECOND), {"[1]"}); });
}

}  // namespace
}  // namespace rarewood
