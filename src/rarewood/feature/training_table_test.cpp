#include "rarewood/feature/training_table.hpp"

#include <algorithm>
#include <string>

#include <arrow/util/key_value_metadata.h>

#include "rarewood/feature/schema_fingerprint.hpp"
#include "rarewood/table/fingerprint.hpp"
#include "rarewood/table/table.hpp"
#include "rarewood/table/table_for_test.hpp"
#include "rarewood/table/table_writer.hpp"

namespace rarewood {
namespace {

class TrainingTableTest : public StoreForTest {
 protected:
  TrainingTable load(const std::string& key, const TrainingRequest& request = {}, int threads = 2) {
    return load_training_table(*store, key, request, Control{.threads = threads});
  }
  std::string refusal(const std::string& key, const TrainingRequest& request = {},
                      ErrorKind kind = ErrorKind::data) {
    return refusal_for_test([&] { load(key, request); }, kind);
  }
  void put(const std::string& key, const std::vector<ColumnForTest>& columns,
           const std::map<std::string, std::string>& metadata = {}) {
    const auto table = table_for_test(columns);
    const auto schema = with_metadata(*table->schema(), metadata);
    write_table(*store, key, *table->ReplaceSchemaMetadata(schema->metadata()), {}, {});
  }
};

std::vector<ColumnForTest> shop() {
  return {{"session_id", arrow::int64(), {"[1, 2, 3, 4]"}},
          {"pages", arrow::int64(), {"[1, 7, null, 7]"}},
          {"source", arrow::utf8(), {"[\"b\", \"a\", null, \"b\"]"}},
          {"weekend", arrow::boolean(), {"[true, false, false, true]"}},
          {"is_ordered", arrow::int64(), {"[0, 1, 0, 1]"}},
          {"revenue", arrow::float64(), {"[0, 49.99, 0, 20]"}}};
}

std::vector<std::string> names_of(const FeatureSchema& schema) {
  std::vector<std::string> names;
  for (const Feature& feature : schema.features) names.push_back(feature.name);
  return names;
}

const ColumnNote& note_of(const TrainingTable& table, const std::string& name) {
  return *std::find_if(table.notes.begin(), table.notes.end(),
                       [&](const ColumnNote& note) { return note.name == name; });
}

using Names = std::vector<std::string>;

TEST_F(TrainingTableTest, ReadsJudgesAndEncodes) {
  put("t.parquet", shop(),
      {{"rarewood.prediction_point", "10min"}, {"rarewood.simulated", "true"}});
  const TrainingTable table = load("t.parquet");
  EXPECT_EQ(names_of(table.schema), (Names{"pages", "source", "weekend"}));
  EXPECT_EQ(table.schema.target.name, "is_ordered");
  EXPECT_EQ(table.schema.prediction_point, "10min");
  EXPECT_EQ(table.metadata.at("rarewood.simulated"), "true");
  EXPECT_EQ(table.columns.rows, 4u);
  EXPECT_EQ(table.columns.values[1][0], 1.0F);
  EXPECT_EQ(table.labels, (std::vector<std::uint8_t>{0, 1, 0, 1}));
  ASSERT_EQ(table.notes.size(), 6u);
  EXPECT_EQ(note_of(table, "session_id").undo, "--include session_id");
  EXPECT_EQ(note_of(table, "revenue").why, "it is known only after the outcome");
  EXPECT_EQ(note_of(table, "is_ordered").role, "target");
  EXPECT_EQ(note_of(table, "source").role, "category of 2 values");
}

/// Schema, labels and the bits of all values.
std::string content(const TrainingTable& table) {
  Fingerprint all;
  all.add(schema_fingerprint(table.schema));
  all.add(std::as_bytes(std::span(table.labels)));
  for (const auto& column : table.columns.values) all.add(std::as_bytes(std::span(column)));
  return all.text();
}

TEST_F(TrainingTableTest, SameFromTextAndParquetInAnyLayout) {
  put("t.parquet", shop());
  put("t.csv", shop());
  auto reversed = shop();
  for (ColumnForTest& column : reversed) {
    if (column.name == "pages") column.chunks = {"[1, 7]", "[null, 7]"};
  }
  put("chunks.parquet", reversed);
  const TrainingTable table = load("t.parquet", {}, 1);
  EXPECT_EQ(content(load("t.csv")), content(table));
  EXPECT_EQ(content(load("chunks.parquet", {}, 4)), content(table));
}

TEST_F(TrainingTableTest, OptionsTakeAndLeaveColumns) {
  put("t.parquet", shop(), {{"rarewood.not_features", "weekend"}});
  EXPECT_EQ(names_of(load("t.parquet").schema), (Names{"pages", "source"}));
  EXPECT_EQ(names_of(load("t.parquet", {.features = {.exclude = {"source"},
                                                     .include = {"weekend", "revenue"},
                                                     .categorical = {"pages"}}})
                         .schema),
            (Names{"pages", "weekend", "revenue"}));
  EXPECT_EQ(names_of(load("t.parquet", {.features = {.target = "weekend"}}).schema),
            (Names{"pages", "source", "is_ordered", "revenue"}));
}

TEST_F(TrainingTableTest, TextTargetsKeepTheirWords) {
  store->write("t.csv", "x;Revenue\n1;FALSE\n2;TRUE\n3;FALSE\n");
  const TrainingTable table = load("t.csv", {.features = {.target = "Revenue"}});
  EXPECT_EQ(table.schema.target.positive, "TRUE");
  EXPECT_EQ(table.schema.target.negative, "FALSE");
}

TEST_F(TrainingTableTest, OptionsThatMakeNoSenseAreRefused) {
  put("t.parquet", shop());
  EXPECT_NE(refusal("t.parquet", {.features = {.target = "is_ordred"}})
                .find("has no column 'is_ordred'. Did you mean 'is_ordered'?"),
            std::string::npos);
  const auto usage = [&](const FeatureOptions& features) {
    return refusal("t.parquet", {.features = features}, ErrorKind::usage);
  };
  EXPECT_NE(usage({.include = {"page"}}).find("Did you mean 'pages'?"), std::string::npos);
  usage({.categorical = {"nothing"}});
  usage({.exclude = {"is_ordered"}});
  usage({.include = {"is_ordered"}});
  usage({.exclude = {"pages"}, .include = {"pages"}});
  usage({.exclude = {"pages"}, .categorical = {"pages"}});
  store->write("t.csv", "a,b\n1,2\n");
  EXPECT_NE(refusal("t.csv", {}, ErrorKind::usage).find("--target NAME"), std::string::npos);
}

TEST_F(TrainingTableTest, ExcludingWhatIsNotThereIsAWarningOnlyIfItLooksLikeASlip) {
  put("t.parquet", shop());
  EXPECT_TRUE(load("t.parquet", {.features = {.exclude = {"cogs_usd"}}}).warnings.empty());
  EXPECT_EQ(load("t.parquet", {.features = {.exclude = {"sourc"}}}).warnings,
            (Names{"--exclude names 'sourc', which is no column. Did you mean 'source'?"}));
}

TEST_F(TrainingTableTest, UnusableTablesAreRefused) {
  put("none.parquet", {{"a", arrow::int64(), {"[]"}}, {"is_ordered", arrow::int64(), {"[]"}}});
  EXPECT_NE(refusal("none.parquet").find("has no rows"), std::string::npos);
  put("empty.parquet",
      {{"a", arrow::int64(), {"[1, 1]"}}, {"is_ordered", arrow::int64(), {"[0, 1]"}}});
  EXPECT_NE(refusal("empty.parquet").find("no column to learn from. 'a': it is 1 in all rows."),
            std::string::npos);
  put("inf.parquet",
      {{"a", arrow::float64(), {"[1, Inf]"}}, {"is_ordered", arrow::int64(), {"[0, 1]"}}});
  EXPECT_NE(refusal("inf.parquet").find("The column 'a'"), std::string::npos);
}

TEST_F(TrainingTableTest, KeysFromTheTableItself) {
  put("t.parquet", shop());
  const TrainingTable table =
      load("t.parquet", {.features = {.include = {"weekend"}}, .keys = {"weekend", "session_id"}});
  ASSERT_EQ(table.keys.size(), 2u);
  EXPECT_EQ(table.keys[0].name, "weekend");
  EXPECT_EQ(table.keys[1].values, (std::vector<std::int64_t>{1, 2, 3, 4}));
  EXPECT_EQ(names_of(table.schema), (Names{"pages", "source", "weekend"}));
}

class KeysFileTest : public TrainingTableTest {
 protected:
  /// A pair as the program writes it, with the option of a wrong half.
  void put_pair(const std::string& table_says = "", const std::string& keys_says = "") {
    const std::vector<ColumnForTest> keys = {
        {"user_id", arrow::utf8(), {"[\"u\", \"v\", \"u\", \"w\"]"}},
        {"started_at", arrow::timestamp(arrow::TimeUnit::SECOND), {"[5, -1, 7, 8]"}}};
    const std::string table_print = table_fingerprint(*table_for_test(shop()), {});
    const std::string keys_print = table_fingerprint(*table_for_test(keys), {});
    put("d/t.parquet", shop(),
        {{"rarewood.keys_fingerprint", table_says.empty() ? keys_print : table_says}});
    put("d/t.keys.parquet", keys,
        {{"rarewood.table_fingerprint", keys_says.empty() ? table_print : keys_says}});
  }
};

TEST_F(KeysFileTest, KeysFromTheFileBesideInTheOrderAskedFor) {
  put_pair();
  const TrainingTable table =
      load("d/t.parquet", {.keys = {"started_at", "session_id", "user_id"}});
  ASSERT_EQ(table.keys.size(), 3u);
  EXPECT_EQ(table.keys[0].values, (std::vector<std::int64_t>{5, -1, 7, 8}));
  EXPECT_EQ(table.keys[1].values, (std::vector<std::int64_t>{1, 2, 3, 4}));
  EXPECT_EQ(table.keys[2].values, (std::vector<std::int64_t>{0, 1, 0, 2}));
  EXPECT_EQ(table.keys[2].texts, (Names{"u", "v", "w"}));
  EXPECT_EQ(note_of(table, "session_id").role, "key");
}

TEST_F(KeysFileTest, KeysThatDoNotMatchAreRefused) {
  const TrainingRequest request{.keys = {"user_id"}};
  put_pair("0123", "");
  EXPECT_NE(refusal("d/t.parquet", request).find("fingerprints differ"), std::string::npos);
  put_pair("", "0123");
  EXPECT_NE(refusal("d/t.parquet", request).find("fingerprints differ"), std::string::npos);
  put_pair();
  auto changed = shop();
  changed[1].chunks = {"[7, 1, null, 7]"};
  const auto metadata = table_metadata(*store, "d/t.parquet", {});
  put("d/t.parquet", changed, metadata);
  EXPECT_NE(refusal("d/t.parquet", request).find("fingerprints differ"), std::string::npos);
  const TrainingRequest without{.features = {.exclude = {changed[1].name}}, .keys = {"user_id"}};
  EXPECT_NE(refusal("d/t.parquet", without).find("fingerprints differ"), std::string::npos)
      << "of a column that is not wanted, too";
  put("d/t.parquet", shop());
  EXPECT_NE(refusal("d/t.parquet", request).find("fingerprints differ"), std::string::npos)
      << "the table does not say that it has keys";
  put("d/t.keys.parquet", {{"user_id", arrow::int64(), {"[1, 2]"}}});
  EXPECT_NE(refusal("d/t.parquet", request).find("it has 2 rows, the table 4"), std::string::npos);
}

TEST_F(KeysFileTest, MissingKeysAreRefused) {
  put_pair();
  EXPECT_NE(refusal("d/t.parquet", {.keys = {"usr_id"}}).find("Did you mean 'user_id'?"),
            std::string::npos);
  put("alone.parquet", shop());
  EXPECT_NE(refusal("alone.parquet", {.keys = {"user_id"}}).find("there is no keys file"),
            std::string::npos);
  EXPECT_TRUE(refusal("alone.parquet", {.keys = {"pagse"}}).ends_with(" Did you mean 'pages'?"));
}

TEST(KeysFile, Name) {
  EXPECT_EQ(keys_file_of("processed-data/training_data.parquet"),
            "processed-data/training_data.keys.parquet");
  EXPECT_EQ(keys_file_of("a.b/t"), "a.b/t.keys.parquet");
}

}  // namespace
}  // namespace rarewood
