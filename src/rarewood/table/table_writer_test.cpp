#include "rarewood/table/table_writer.hpp"

#include <string>

#include "rarewood/table/fingerprint.hpp"
#include "rarewood/table/table.hpp"
#include "rarewood/table/table_for_test.hpp"

namespace rarewood {
namespace {

using TableWriterTest = StoreForTest;

std::shared_ptr<arrow::Table> some_table() {
  const auto codes = arrow::dictionary(arrow::int32(), arrow::utf8());
  return table_for_test({
      {"id", arrow::int64(), {"[1, 2]", "[3]"}},
      {"name, \"quoted\"", arrow::utf8(), {"[\"a,b\", \"say \\\"x\\\"\", null]"}},
      {"kind", codes, {"[\"x\", \"y\", \"x\"]"}},
      {"at", arrow::timestamp(arrow::TimeUnit::SECOND), {"[0, 1332144256, null]"}},
      {"yes", arrow::boolean(), {"[true, null, false]"}},
      {"price", arrow::float64(), {"[0.1, 1e300, null]"}},
  });
}

TEST_F(TableWriterTest, ParquetAndTextComeBackAsTheyWere) {
  for (const std::string key : {"d/t.parquet", "d/t.csv", "d/t.tsv"}) {
    write_table(*store, key, *some_table(), {}, {});
    const auto back = read_table(*store, key, {}, {}, {});
    EXPECT_EQ(table_fingerprint(*back, {}), table_fingerprint(*some_table(), {})) << key;
  }
}

TEST_F(TableWriterTest, TextForm) {
  write_table(*store, "t.csv", *some_table(), {}, {});
  EXPECT_EQ(store->read("t.csv"),
            "\"id\",\"name, \"\"quoted\"\"\",\"kind\",\"at\",\"yes\",\"price\"\n"
            "1,\"a,b\",\"x\",1970-01-01 00:00:00,true,0.1\n"
            "2,\"say \"\"x\"\"\",\"y\",2012-03-19 08:04:16,,1e+300\n"
            "3,,\"x\",,false,\n");
}

TEST_F(TableWriterTest, MetadataTravelInParquet) {
  const auto table = some_table();
  const auto schema = with_metadata(*table->schema(), {{"rarewood.as_of", "10min"}});
  write_table(*store, "t.parquet", *table->ReplaceSchemaMetadata(schema->metadata()), {}, {});
  EXPECT_EQ(table_metadata(*store, "t.parquet", {}),
            (std::map<std::string, std::string>{{"rarewood.as_of", "10min"}}));
}

TEST_F(TableWriterTest, AppearsOnlyWhenClosed) {
  for (const std::string key : {"t.parquet", "t.csv"}) {
    store->write(key, "old");
    {
      TableWriter writer(*store, key, some_table()->schema(), {});
      writer.write(*some_table());
    }
    EXPECT_EQ(store->read(key), "old");
    EXPECT_EQ(store->list("").size(), key == "t.parquet" ? 1u : 2u);
  }
}

TEST_F(TableWriterTest, BatchesAreAppended) {
  TableWriter writer(*store, "t.csv", some_table()->schema(), {});
  const auto batch = some_table()->CombineChunksToBatch().ValueOrDie();
  writer.write(*batch);
  writer.write(*batch->Slice(1));
  writer.close();
  EXPECT_EQ(values_text(*read_table(*store, "t.csv", {}, {"id"}, {})->column(0)), "1, 2, 3, 2, 3");
}

TEST_F(TableWriterTest, EmptyTablesKeepTheirTypes) {
  write_table(*store, "t.parquet", *some_table()->Slice(0, 0), {}, {});
  EXPECT_EQ(read_table(*store, "t.parquet", {}, {}, {})->num_rows(), 0);
}

TEST_F(TableWriterTest, OtherEndingsAndNestedColumnsAreRefused) {
  refusal_for_test([&] { write_table(*store, "t.xlsx", *some_table(), {}, {}); }, ErrorKind::usage);
  const auto nested = table_for_test({{"tags", arrow::list(arrow::int64()), {"[[1]]"}}});
  refusal_for_test([&] { write_table(*store, "t.csv", *nested, {}, {}); });
  EXPECT_TRUE(store->list("").empty());
}

TEST_F(TableWriterTest, StopLeavesNothing) {
  std::stop_source stop;
  stop.request_stop();
  const Control control{.stop = stop.get_token()};
  refusal_for_test([&] { write_table(*store, "t.csv", *some_table(), {}, control); },
                   ErrorKind::interrupted);
  EXPECT_TRUE(store->list("").empty());
}

TEST_F(TableWriterTest, MissingTableIsRefusedByTheStore) {
  refusal_for_test([&] { open_table(*store, "none.csv", {}, {}); }, ErrorKind::external);
}

}  // namespace
}  // namespace rarewood
