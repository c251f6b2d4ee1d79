#include "rarewood/table/parquet_table.hpp"

#include <string>

#include <arrow/array/builder_binary.h>
#include <parquet/arrow/writer.h>

#include "rarewood/table/table.hpp"
#include "rarewood/table/table_for_test.hpp"
#include "rarewood/table/table_writer.hpp"

namespace rarewood {
namespace {

/// Parquet bytes as another program might write them, types as they are.
std::string parquet_bytes(const arrow::Table& table, std::int64_t rows_per_group = 2) {
  const auto stream = arrow::io::BufferOutputStream::Create().ValueOrDie();
  const auto with_schema = parquet::ArrowWriterProperties::Builder().store_schema()->build();
  EXPECT_TRUE(parquet::arrow::WriteTable(table, arrow::default_memory_pool(), stream,
                                         rows_per_group, parquet::default_writer_properties(),
                                         with_schema)
                  .ok());
  return stream->Finish().ValueOrDie()->ToString();
}

std::shared_ptr<arrow::Table> read(const std::string& bytes, const TableRequest& request = {}) {
  const TableSource source = source_for_test(bytes, "t.parquet");
  const TableForm form = table_form(source, {}, {});
  const auto table = read_whole(source, form, request, Control{.threads = 2});

  // Batch by batch must give the same.
  const auto batches = open_batches(source, form, request, {});
  arrow::RecordBatchVector all;
  while (auto batch = next_batch(*batches)) all.push_back(batch);
  const auto joined = arrow::Table::FromRecordBatches(batches->schema(), all).ValueOrDie();
  EXPECT_TRUE(joined->schema()->Equals(*table->schema())) << joined->schema()->ToString();
  for (int i = 0; i < table->num_columns(); ++i) {
    EXPECT_EQ(values_text(*joined->column(i)), values_text(*table->column(i)));
  }
  return table;
}

std::string refusal(const std::string& bytes, const TableRequest& request = {}) {
  return refusal_for_test([&] { read(bytes, request); });
}

std::string some_bytes() {
  return parquet_bytes(*table_for_test(
      {{"a", arrow::int64(), {"[1, null, 3]"}}, {"b", arrow::utf8(), {"[\"x\", \"y\", \"x\"]"}}}));
}

TEST(ParquetTable, PlainTypesStayAsTheyAre) {
  const auto table = table_for_test({
      {"bool", arrow::boolean(), {"[true, null, false]"}},
      {"int8", arrow::int8(), {"[-1, null, 127]"}},
      {"uint64", arrow::uint64(), {"[1, null, 18446744073709551615]"}},
      {"float", arrow::float32(), {"[0.5, null, 2]"}},
      {"text", arrow::utf8(), {"[\"x\", null, \"y\"]"}},
      {"stamp", arrow::timestamp(arrow::TimeUnit::MICRO), {"[0, null, 1332144256]"}},
      {"date", arrow::date32(), {"[0, null, 15000]"}},
  });
  const auto found = read(parquet_bytes(*table));
  EXPECT_EQ(found->schema()->ToString(), table->schema()->ToString());
  for (int i = 0; i < table->num_columns(); ++i) {
    EXPECT_EQ(values_text(*found->column(i)), values_text(*table->column(i)));
  }
}

TEST(ParquetTable, OtherTypesBecomePlain) {
  const auto codes = arrow::dictionary(arrow::int8(), arrow::utf8());
  const auto found = read(parquet_bytes(*table_for_test({
      {"codes", codes, {"[\"x\", null, \"y\"]"}},
      {"large", arrow::large_utf8(), {"[\"x\", null, \"y\"]"}},
      {"view", arrow::utf8_view(), {"[\"x\", null, \"y\"]"}},
      {"bytes", arrow::binary(), {"[\"x\", null, \"y\"]"}},
      {"decimal", arrow::decimal128(5, 2), {"[\"1.25\", null, \"-7.00\"]"}},
      {"half", arrow::float16(), {"[0.5, null, 2]"}},
  })));
  EXPECT_EQ(found->schema()->ToString(),
            "codes: string\nlarge: string\nview: string\nbytes: string\ndecimal: double\n"
            "half: float");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(values_text(*found->column(i)), "x, null, y") << i;
  EXPECT_EQ(values_text(*found->column(4)), "1.25, null, -7");
  EXPECT_EQ(values_text(*found->column(5)), "0.5, null, 2");
}

TEST(ParquetTable, TextAsCodes) {
  const auto found = read(some_bytes(), {.columns = {"b", "a"}, .text_as_codes = true});
  EXPECT_EQ(found->field(0)->type()->ToString(),
            "dictionary<values=string, indices=int32, ordered=0>");
  EXPECT_EQ(found->field(1)->type()->id(), arrow::Type::INT64);
}

TEST(ParquetTable, NestedColumnsAreRefusedByNameButOnlyWhenRead) {
  const auto bytes = parquet_bytes(
      *table_for_test({{"tags", arrow::list(arrow::utf8()), {"[[\"x\"], [\"y\", \"z\"]]"}},
                       {"a", arrow::int64(), {"[1, 2]"}}}));
  EXPECT_EQ(values_text(*read(bytes, {.columns = {"a"}})->column(0)), "1, 2");
  EXPECT_NE(refusal(bytes).find("The column 'tags' is nested"), std::string::npos);
}

TEST(ParquetTable, BytesThatAreNoTextAreRefusedByName) {
  arrow::BinaryBuilder builder;
  ASSERT_TRUE(builder.Append("\xFF\xFE").ok());
  const auto table = arrow::Table::Make(arrow::schema({arrow::field("blob", arrow::binary())}),
                                        arrow::ArrayVector{builder.Finish().ValueOrDie()});
  EXPECT_NE(refusal(parquet_bytes(*table)).find("'blob'"), std::string::npos);
}

TEST(ParquetTable, CutOffEmptyAndOtherFilesAreRefused) {
  const std::string whole = some_bytes();
  EXPECT_EQ(refusal(""), "'t.parquet' is empty (0 bytes). Write it again.");
  EXPECT_NE(refusal(whole.substr(0, whole.size() / 2)).find("is cut off"), std::string::npos);
  EXPECT_NE(refusal("a,b\n1,2\n3,4\n5,6\n").find("is no Parquet file"), std::string::npos);
  EXPECT_NE(refusal("PAR1").find("is cut off"), std::string::npos);
}

/// Whatever byte is wrong, it is an Error or a table: never another exception, never a crash.
TEST(ParquetTable, EveryCorruptByteIsRefusedOrHarmless) {
  const std::string whole = some_bytes();
  int refused = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    std::string corrupt = whole;
    corrupt[i] = static_cast<char>(~corrupt[i]);
    const TableSource source = source_for_test(corrupt, "t.parquet");
    try {
      const TableForm form = table_form(source, {}, {});
      if (form.rows > 1000) continue;
      read_whole(source, form, {}, Control{.memory_limit = 1 << 20});
    } catch (const Error& error) {
      ++refused;
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
    }
  }
  EXPECT_GT(refused, 50);
}

TEST(ParquetTable, EqualNamesAreRefused) {
  const auto bytes = parquet_bytes(
      *table_for_test({{"a", arrow::int64(), {"[1]"}}, {"a", arrow::int64(), {"[2]"}}}));
  EXPECT_NE(refusal(bytes).find("more than one column named a"), std::string::npos);
}

TEST(ParquetTable, MemoryEstimate) {
  const TableSource source = source_for_test(some_bytes(), "t.parquet");
  const TableForm form = table_form(source, {}, {});
  EXPECT_NE(refusal_for_test([&] {
              read_whole(source, form, {}, Control{.memory_limit = 20});
            }).find("memory limit"),
            std::string::npos);
}

}  // namespace
}  // namespace rarewood
