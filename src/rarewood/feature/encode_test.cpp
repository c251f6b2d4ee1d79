#include "rarewood/feature/encode.hpp"

#include <cmath>
#include <limits>
#include <string>

#include <arrow/compute/cast.h>

#include "rarewood/table/table_for_test.hpp"

namespace rarewood {
namespace {

FeatureSchema schema_of(std::vector<Feature> features) {
  FeatureSchema schema;
  schema.features = std::move(features);
  return schema;
}

Feature number(std::string name) { return {.name = std::move(name)}; }
Feature boolean(std::string name) {
  return {.name = std::move(name), .kind = FeatureKind::boolean};
}
Feature time(std::string name) { return {.name = std::move(name), .kind = FeatureKind::time}; }
Feature category(std::string name, std::vector<std::string> categories) {
  return {
      .name = std::move(name), .kind = FeatureKind::category, .categories = std::move(categories)};
}

struct Encoded {
  Columns columns;
  EncodeCounts counts;
};

Encoded encoded(const std::vector<ColumnForTest>& table, const std::vector<Feature>& features) {
  Encoded result;
  result.columns =
      encode(*table_for_test(table), schema_of(features), result.counts, "t.parquet", {});
  return result;
}

std::string refusal(const std::vector<ColumnForTest>& table, const std::vector<Feature>& features) {
  return refusal_for_test([&] { encoded(table, features); });
}

/// NaN is written as "-".
std::string text_of(const std::vector<float>& values) {
  std::string text;
  for (const float value : values) {
    text += text.empty() ? "" : " ";
    text += std::isnan(value) ? "-" : testing::PrintToString(value);
  }
  return text;
}

TEST(Encode, NumbersOfEveryType) {
  const std::string json = "[1, null, 100]";
  for (const auto& type :
       {arrow::int8(), arrow::int16(), arrow::int32(), arrow::int64(), arrow::uint8(),
        arrow::uint16(), arrow::uint32(), arrow::uint64(), arrow::float32(), arrow::float64(),
        arrow::float16(), arrow::decimal128(5, 0)}) {
    const std::string values =
        type->id() == arrow::Type::DECIMAL128 ? "[\"1\", null, \"100\"]" : json;
    const auto result = encoded({{"a", type, {values}}}, {number("a")});
    EXPECT_EQ(text_of(result.columns.values[0]), "1 - 100") << type->ToString();
    EXPECT_EQ(result.counts.missing[0], 1u);
  }
}

TEST(Encode, NegativeZeroIsZeroAndNanIsMissing) {
  const auto result = encoded({{"a", arrow::float64(), {"[-0.0, NaN, -1e-60]"}}}, {number("a")});
  EXPECT_FALSE(std::signbit(result.columns.values[0][0]));
  EXPECT_TRUE(std::isnan(result.columns.values[0][1]));
  EXPECT_FALSE(std::signbit(result.columns.values[0][2]));
  EXPECT_EQ(result.counts.missing[0], 1u);
}

TEST(Encode, ColumnsByNameInAnyOrderWithOthersBetween) {
  const auto result = encoded({{"x", arrow::utf8(), {"[\"?\", \"?\"]"}},
                               {"b", arrow::int64(), {"[3]", "[4]"}},
                               {"a", arrow::int64(), {"[1, 2]"}}},
                              {number("a"), number("b")});
  EXPECT_EQ(text_of(result.columns.values[0]), "1 2");
  EXPECT_EQ(text_of(result.columns.values[1]), "3 4");
  const auto places = find_features(
      schema_of({number("b")}),
      *arrow::schema({arrow::field("x", arrow::utf8()), arrow::field("b", arrow::int8())}), "t");
  EXPECT_EQ(places.columns, std::vector<int>{1});
  EXPECT_EQ(places.ignored, std::vector<std::string>{"x"});
}

TEST(Encode, BooleansFromWhateverMeansThem) {
  for (const ColumnForTest& column : std::vector<ColumnForTest>{
           {"a", arrow::boolean(), {"[true, null, false]"}},
           {"a", arrow::int64(), {"[1, null, 0]"}},
           {"a", arrow::float64(), {"[1, null, -0.0]"}},
           {"a", arrow::utf8(), {"[\"TRUE\", null, \"false\"]"}},
           {"a", arrow::utf8(), {"[\"1\", null, \"no\"]"}},
           {"a", arrow::dictionary(arrow::int8(), arrow::utf8()), {"[\"yes\", null, \"0\"]"}}}) {
    EXPECT_EQ(text_of(encoded({column}, {boolean("a")}).columns.values[0]), "1 - 0")
        << column.type->ToString();
  }
}

TEST(Encode, CategoriesFromTextCodesNumbersAndBooleans) {
  const std::vector<std::string> words = {"1", "2", "x"};
  for (const ColumnForTest& column :
       std::vector<ColumnForTest>{{"a", arrow::utf8(), {"[\"2\", null]", "[\"1\", \"new\"]"}},
                                  {"a", arrow::large_utf8(), {"[\"2\", null, \"1\", \"new\"]"}},
                                  {"a",
                                   arrow::dictionary(arrow::int16(), arrow::utf8()),
                                   {"[\"2\", null]", "[\"1\", \"new\"]"}},
                                  {"a", arrow::int32(), {"[2, null, 1, 7]"}},
                                  {"a", arrow::float64(), {"[2.0, NaN, 1.0, 1.5]"}}}) {
    const auto result = encoded({column}, {category("a", words)});
    EXPECT_EQ(text_of(result.columns.values[0]), "1 - 0 -") << column.type->ToString();
    EXPECT_EQ(result.counts.missing[0], 1u);
    EXPECT_EQ(result.counts.unseen[0], 1u);
  }
  const auto result = encoded({{"a", arrow::boolean(), {"[true, false, null]"}}},
                              {category("a", {"FALSE", "TRUE"})});
  EXPECT_EQ(text_of(result.columns.values[0]), "1 0 -");
}

TEST(Encode, CategoriesOfWordsAreReadAsWords) {
  EXPECT_EQ(kept_as_text(schema_of({number("a"), category("b", {"01", "2"}),
                                    category("c", {"1", "2.5"}), category("d", {"TRUE"})})),
            (std::vector<std::string>{"b", "d"}));
}

TEST(Encode, TimesAreDays) {
  const auto result =
      encoded({{"day", arrow::date32(), {"[10, null]"}},
               {"at", arrow::timestamp(arrow::TimeUnit::MILLI), {"[864000000, 43200000]"}}},
              {time("day"), time("at")});
  EXPECT_EQ(text_of(result.columns.values[0]), "10 -");
  EXPECT_EQ(text_of(result.columns.values[1]), "10 0.5");
}

TEST(Encode, TimesAndNumbersDoNotStandInForEachOther) {
  EXPECT_EQ(refusal({{"a", arrow::date32(), {"[1]"}}}, {number("a")}),
            "The column 'a' of 't.parquet' must hold numbers, not date.");
  EXPECT_EQ(refusal({{"a", arrow::int64(), {"[1]"}}}, {time("a")}),
            "The column 'a' of 't.parquet' must hold dates or time stamps, not integer.");
  EXPECT_EQ(refusal({{"a", arrow::utf8(), {"[\"May\"]"}}}, {time("a")}),
            "The column 'a' of 't.parquet' must hold dates or time stamps, not text.");
}

TEST(Encode, AColumnWithoutValuesIsMissing) {
  const auto result = encoded({{"a", arrow::null(), {"[null, null]"}}}, {category("a", {"x"})});
  EXPECT_EQ(text_of(result.columns.values[0]), "- -");
}

TEST(Encode, MissingColumnsAreRefusedByName) {
  EXPECT_EQ(refusal({{"colour", arrow::int64(), {"[1]"}}}, {number("color")}),
            "'t.parquet' has no column 'color'. Did you mean 'colour'?");
  EXPECT_EQ(
      refusal({{"c", arrow::int64(), {"[1]"}}}, {number("a"), number("c"), number("b")}),
      "'t.parquet' lacks the columns a and b, which the model was trained on. Add them, or name "
      "another model: this one predicts ''.");
}

TEST(Encode, OtherTypesAreRefusedWithAnExample) {
  EXPECT_EQ(refusal({{"a", arrow::utf8(), {"[\"1\", null]", "[\"many\"]"}}}, {number("a")}),
            "The column 'a' of 't.parquet' must hold numbers, but row 1 has '1'.");
  EXPECT_EQ(refusal({{"a", arrow::utf8(), {"[\"1\", \"many\"]"}}}, {number("a")}),
            "The column 'a' of 't.parquet' must hold numbers, but row 2 has 'many'.");
  EXPECT_EQ(refusal({{"a", arrow::int64(), {"[1, 2]"}}}, {boolean("a")}),
            "The column 'a' of 't.parquet' must hold true or false (or 1 and 0), but row 2 has "
            "'2'.");
  EXPECT_NE(refusal({{"a", arrow::date32(), {"[1, 2]"}}}, {category("a", {"x"})})
                .find("must hold categories, not date"),
            std::string::npos);
}

TEST(Encode, InfinityIsRefusedWithItsRow) {
  EXPECT_EQ(refusal({{"a", arrow::float64(), {"[1, 2]", "[Inf, 1e39, null]"}}}, {number("a")}),
            "The column 'a' of 't.parquet' has 2 infinite or too large values, the first in row 3. "
            "Make them missing, or leave the column out with --exclude.");
}

TEST(Encode, RowsOfMessagesAndCountsGoOnOverBatches) {
  EncodeCounts counts;
  const auto schema = schema_of({category("a", {"x"})});
  const auto batch = table_for_test({{"a", arrow::utf8(), {"[\"x\", \"y\", null]"}}});
  encode(*batch, schema, counts, "t", {});
  encode(*batch, schema, counts, "t", {});
  EXPECT_EQ(counts.rows, 6u);
  EXPECT_EQ(counts.unseen[0], 2u);
  EXPECT_EQ(counts.missing[0], 2u);
  EXPECT_EQ(unseen_warnings(schema, counts),
            std::vector<std::string>{"The column 'a' has 2 values that training never saw; they "
                                     "are taken as missing."});
}

TEST(Encode, SameForAnyThreadsAndChunks) {
  const std::vector<Feature> features = {number("a"), category("b", {"x", "y"})};
  const auto whole = table_for_test(
      {{"a", arrow::float64(), {"[1, null, 3]"}}, {"b", arrow::utf8(), {"[\"x\", \"z\", \"y\"]"}}});
  const auto chunks = table_for_test({{"b", arrow::utf8(), {"[\"x\"]", "[\"z\", \"y\"]"}},
                                      {"a", arrow::float64(), {"[1, null]", "[3]"}}});
  EncodeCounts counts;
  const auto one = encode(*whole, schema_of(features), counts, "t", Control{.threads = 1});
  const auto two = encode(*chunks, schema_of(features), counts, "t", Control{.threads = 4});
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(text_of(one.values[i]), text_of(two.values[i]));
}

}  // namespace
}  // namespace rarewood
