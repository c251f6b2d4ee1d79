#include "rarewood/table/spelled_booleans.hpp"

#include <arrow/array.h>
#include <arrow/builder.h>
#include <arrow/table.h>
#include <arrow/type.h>
#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

using Names = std::vector<std::string>;

TEST(SpelledBooleans, AreThoseOfTextTables) {
  TableForm form;
  form.schema =
      arrow::schema({arrow::field("n", arrow::int64()), arrow::field("b", arrow::boolean()),
                     arrow::field("t", arrow::utf8())});
  EXPECT_EQ(spelled_booleans(form), Names{}) << "of a Parquet file";
  form.format = TableFormat::text;
  EXPECT_EQ(spelled_booleans(form), Names{"b"});
}

std::shared_ptr<arrow::Table> words(const Names& values) {
  arrow::StringBuilder builder;
  for (const std::string& value : values) {
    EXPECT_TRUE((value.empty() ? builder.AppendNull() : builder.Append(value)).ok());
  }
  return arrow::Table::Make(arrow::schema({arrow::field("b", arrow::utf8())}),
                            {builder.Finish().ValueOrDie()});
}

TEST(SpelledBooleans, MeanTheSameInEverySpelling) {
  const auto table = with_booleans(words({"true", "FALSE", "", "True", "False"}), {"b"});
  const auto& values = static_cast<const arrow::BooleanArray&>(*table->column(0)->chunk(0));
  EXPECT_TRUE(values.Value(0));
  EXPECT_FALSE(values.Value(1));
  EXPECT_TRUE(values.IsNull(2));
  EXPECT_TRUE(values.Value(3));
  EXPECT_FALSE(values.Value(4));
  EXPECT_THROW(with_booleans(words({"true", "perhaps"}), {"b"}), Error);
}

}  // namespace
}  // namespace rarewood
