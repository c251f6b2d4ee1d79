#include "rarewood/feature/judge_column.hpp"

#include <string>

#include <arrow/array/builder_binary.h>

#include "rarewood/feature/identifiers.hpp"
#include "rarewood/table/plain_types.hpp"
#include "rarewood/table/table_for_test.hpp"

namespace rarewood {
namespace {

ColumnVerdict judge(const std::string& name, const std::shared_ptr<arrow::DataType>& type,
                    const std::vector<std::string>& chunks, const ColumnWish& wish = {}) {
  const auto table = table_for_test({{name, type, chunks}});
  return judge_column(name, *plain_values(table->column(0), name, true), wish);
}

std::string json_numbers(int rows, int step, int modulus) {
  std::string json = "[";
  for (int row = 0; row < rows; ++row) {
    json += (row > 0 ? "," : "") + std::to_string(row * step % modulus);
  }
  return json + "]";
}

std::string json_words(int rows, int distinct) {
  std::string json = "[";
  for (int row = 0; row < rows; ++row) {
    json += (row > 0 ? ",\"w" : "\"w") + std::to_string(row % distinct) + "\"";
  }
  return json + "]";
}

TEST(JudgeColumn, KindsThatAreTaken) {
  EXPECT_EQ(judge("pages", arrow::int64(), {"[1, 2, 2]"}).note.role, "number");
  EXPECT_EQ(judge("share", arrow::float32(), {"[0.5, null]"}).note.role, "number");
  EXPECT_EQ(judge("weekend", arrow::boolean(), {"[true, false]"}).feature->kind,
            FeatureKind::boolean);
  const auto verdict = judge("source", arrow::utf8(), {"[\"b\", \"a\", \"b\"]", "[null, \"c\"]"});
  EXPECT_EQ(verdict.note.role, "category of 3 values");
  EXPECT_EQ(verdict.feature->categories, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(verdict.note.taken);
}

TEST(JudgeColumn, NothingToLearnFrom) {
  for (const ColumnVerdict& verdict :
       {judge("a", arrow::int64(), {"[null, null]"}), judge("a", arrow::null(), {"[null]"}),
        judge("a", arrow::float64(), {"[NaN, null]"}), judge("a", arrow::utf8(), {"[null]"})}) {
    EXPECT_FALSE(verdict.feature);
    EXPECT_EQ(verdict.note.why, "it has no value");
    EXPECT_EQ(verdict.note.undo, "");
  }
  EXPECT_EQ(judge("a", arrow::int64(), {"[7, 7]", "[7]"}).note.why, "it is 7 in all rows");
  EXPECT_EQ(judge("a", arrow::boolean(), {"[false]"}).note.why, "it is false in all rows");
  EXPECT_EQ(judge("a", arrow::utf8(), {"[\"x\", \"x\"]"}).note.why, "it is 'x' in all rows");
  EXPECT_FALSE(judge("a", arrow::int64(), {"[7, 7]"}, {.included = true}).feature);
}

TEST(JudgeColumn, OneValueOrNoneTeachesSomething) {
  EXPECT_TRUE(judge("a", arrow::int64(), {"[7, null]"}).feature);
  EXPECT_TRUE(judge("a", arrow::utf8(), {"[\"x\", null, \"x\"]"}).feature);
}

TEST(JudgeColumn, TimesAreLeftOutUnlessIncluded) {
  const auto stamp = arrow::timestamp(arrow::TimeUnit::MILLI);
  const auto verdict = judge("at", stamp, {"[1, 2]"});
  EXPECT_FALSE(verdict.feature);
  EXPECT_EQ(verdict.note.why, "a date and time");
  EXPECT_EQ(verdict.note.undo, "--include at");
  EXPECT_EQ(verdict.note.hint, "--split time --time-column at splits by it");
  EXPECT_EQ(judge("at", stamp, {"[1, 2]"}, {.included = true}).feature->kind, FeatureKind::time);
  EXPECT_EQ(judge("at", arrow::time32(arrow::TimeUnit::SECOND), {"[1, 2]"}).note.undo, "");
}

TEST(JudgeColumn, NumbersOfRowsAreLeftOutUnlessIncluded) {
  const auto numbers = json_numbers(200, 37, 201);  // all different, mixed order, 0..200
  EXPECT_EQ(judge("row", arrow::int64(), {numbers}).note.undo, "--include row");
  EXPECT_TRUE(judge("row", arrow::int64(), {numbers}, {.included = true}).feature);
  EXPECT_TRUE(judge("amount", arrow::int64(), {json_numbers(200, 1000003, 900000007)}).feature);
  EXPECT_TRUE(judge("hour", arrow::int64(), {"[3, 1, 2]"}).feature);  // too few rows to tell
  EXPECT_FALSE(judge("session_id", arrow::int64(), {"[3, 1, 2]"}).feature);
}

TEST(JudgeColumn, IdentifierNamesWithFewValuesAreNumbersWithAHint) {
  const auto verdict = judge("product_id", arrow::int64(), {"[1, 2, 1, 2, 1, 2]"});
  EXPECT_TRUE(verdict.feature);
  EXPECT_EQ(verdict.note.undo, "--categorical product_id");
  EXPECT_FALSE(judge("user_id", arrow::int64(), {"[1, 2, 3, 4, 4]"}).feature);
}

TEST(JudgeColumn, LongTextIsLeftOutUnlessIncluded) {
  const std::string words = json_words(60, 20);
  const auto verdict = judge("page", arrow::utf8(), {words}, {.max_levels = 10});
  EXPECT_EQ(verdict.note.why, "text of more than 10 different values");
  EXPECT_EQ(judge("page", arrow::utf8(), {words}, {.included = true, .max_levels = 10})
                .feature->categories.size(),
            20u);
  EXPECT_EQ(judge("page", arrow::utf8(), {words}, {.max_levels = 20}).feature->categories.size(),
            20u);
}

TEST(JudgeColumn, TextThatNamesRowsIsLeftOut) {
  EXPECT_EQ(judge("code", arrow::utf8(), {json_words(60, 60)}).note.why,
            "an identifier: 60 different values");
  EXPECT_FALSE(judge("user_id", arrow::utf8(), {json_words(60, 40)}).feature);
  EXPECT_TRUE(judge("user_name", arrow::utf8(), {json_words(60, 40)}).feature);
  const std::string uuid = "\"123e4567-e89b-12d3-a456-42661417400";
  EXPECT_FALSE(
      judge("x", arrow::utf8(), {"[" + uuid + "0\", " + uuid + "1\", " + uuid + "0\"]"}).feature);
}

TEST(JudgeColumn, NumbersAsNames) {
  const auto verdict = judge("browser", arrow::int64(), {"[10, 2, 2]"}, {.categorical = true});
  EXPECT_EQ(verdict.feature->categories, (std::vector<std::string>{"10", "2"}));
  const auto floats = judge("b", arrow::float64(), {"[10.0, 2.5, null]"}, {.categorical = true});
  EXPECT_EQ(floats.feature->categories, (std::vector<std::string>{"10", "2.5"}));
}

TEST(JudgeColumn, NumbersWithAnOddWordAreWarnedOf) {
  EXPECT_EQ(judge("age", arrow::utf8(), {"[\"1\", \"2.5\", \"?\", \"1\"]"}).warnings,
            std::vector<std::string>{
                "The column 'age' is text, but most of its values are numbers. If '?' means a "
                "missing value, say --null-words '?'."});
  EXPECT_EQ(judge("age", arrow::utf8(), {"[\"1\", \"2.5\", \"1\"]"}).warnings.size(), 1u);
  EXPECT_TRUE(judge("age", arrow::utf8(), {"[\"1\", \"x\", \"y\", \"y\"]"}).warnings.empty());
  EXPECT_TRUE(judge("n", arrow::int64(), {"[1, 2, 1]"}, {.categorical = true}).warnings.empty());
}

TEST(JudgeColumn, NumbersAndDatesOfOtherFormsAreWarnedOf) {
  EXPECT_EQ(judge("price", arrow::utf8(), {"[\"1.234,5\", \"0,7\", \"0,7\"]"}).warnings,
            std::vector<std::string>{
                "The column 'price' is text, but most of its values look like numbers with a "
                "decimal comma. If so, say --decimal-point ','."});
  EXPECT_EQ(judge("day", arrow::utf8(), {"[\"9.5.2020\", \"31/12/99\", \"9.5.2020\"]"}).warnings,
            std::vector<std::string>{
                "The column 'day' is text, but most of its values look like dates. Only dates like "
                "2020-05-31 are read as such: write them so."});
  EXPECT_TRUE(
      judge("x", arrow::utf8(), {"[\"a,b\", \"1-2\", \"v1.2.3\", \"a,b\"]"}).warnings.empty());
}

TEST(JudgeColumn, TextOfBytesIsRefused) {
  arrow::StringBuilder builder;
  for (const char* word : {"a", "\xFF", "a"}) ASSERT_TRUE(builder.Append(word).ok());
  const auto text = std::make_shared<arrow::ChunkedArray>(builder.Finish().ValueOrDie());
  const auto codes = plain_values(text, "x", true);
  EXPECT_NE(refusal_for_test([&] { judge_column("x", *codes, {}); }).find("not UTF-8"),
            std::string::npos);
}

TEST(JudgeColumn, LostPrecisionIsWarnedOf) {
  const ColumnWish wish{.included = true};
  const auto warned = judge("big", arrow::int64(), {"[16777216, 16777217, 5]"}, wish).warnings;
  EXPECT_EQ(warned, std::vector<std::string>{
                        "The column 'big' has values that only differ beyond single precision: 1 "
                        "of 3 become equal to another."});
  EXPECT_EQ(judge("big", arrow::float64(), {"[16777216, 16777217, 5]"}, wish).warnings, warned);
  EXPECT_TRUE(judge("big", arrow::int64(), {"[16777216, 16777218]"}, wish).warnings.empty());
  EXPECT_TRUE(judge("x", arrow::float64(), {"[0.1, 0.2, 0.30000000000000004]"}).warnings.empty());
  EXPECT_FALSE(judge("x", arrow::float64(), {"[0.3, 0.2, 0.30000000000000004]"}).warnings.empty());
}

TEST(Identifiers, Names) {
  for (const char* name : {"id", "ID", "user_id", "userId", "sessionID", "order uuid", "row-id",
                           "__index_level_0__", "Unnamed: 0"}) {
    EXPECT_TRUE(is_identifier_name(name)) << name;
  }
  for (const char* name : {"paid", "grid", "humid", "idle", "Id_count", "candid"}) {
    EXPECT_FALSE(is_identifier_name(name)) << name;
  }
}

}  // namespace
}  // namespace rarewood
