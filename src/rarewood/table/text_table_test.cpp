#include "rarewood/table/text_table.hpp"

#include <string>

#include "rarewood/table/table.hpp"
#include "rarewood/table/table_for_test.hpp"

namespace rarewood {
namespace {

std::shared_ptr<arrow::Table> read(const std::string& text, const TableOptions& options = {},
                                   const TableRequest& request = {}) {
  const TableSource source = source_for_test(text);
  return read_whole(source, table_form(source, options, {}), request, {});
}

std::string refusal(const std::string& text) {
  return refusal_for_test([&] { read(text); });
}

TEST(TextTable, TypesAndValues) {
  const auto table = read(
      "id;name;price;bought;day;at\n"
      "1;\"a;b\";1.5;true;2012-03-19;2012-03-19 08:04:16\n"
      "2;NULL;2;FALSE;2012-03-20;2012-03-19 08:16:49\n"
      "3;c;;NA;;\n");
  EXPECT_EQ(table->schema()->ToString(),
            "id: int64\nname: string\nprice: double\nbought: bool\nday: date32[day]\n"
            "at: timestamp[s]");
  EXPECT_EQ(values_text(*table->column(1)), "a;b, null, c");
  EXPECT_EQ(values_text(*table->column(2)), "1.5, 2, null");
  EXPECT_EQ(values_text(*table->column(3)), "true, false, null");
  EXPECT_EQ(values_text(*table->column(5)), "2012-03-19 08:04:16, 2012-03-19 08:16:49, null");
}

/// Arrow alone would take the type of the first block and fail in the next.
TEST(TextTable, TypesHoldForTheWholeColumn) {
  std::string text = "late_text,late_number,late_value\n";
  for (int row = 0; row < 700000; ++row) text += "123,456,\n";
  text += "x,0.5,7\n";
  ASSERT_GT(text.size(), std::size_t{4} << 20);
  const auto table = read(text);
  EXPECT_EQ(table->schema()->ToString(),
            "late_text: string\nlate_number: double\nlate_value: int64");
  EXPECT_EQ(table->num_rows(), 700001);
  EXPECT_EQ(table->GetColumnByName("late_text")->GetScalar(0).ValueOrDie()->ToString(), "123");
}

TEST(TextTable, QuotedLinesAndByteOrderMark) {
  const auto table = read("\xEF\xBB\xBF\"two\nlines\",b\r\n\"x\r\ny\",1\r\n\r\nz,2\r\n");
  EXPECT_EQ(table->field(0)->name(), "two\nlines");
  EXPECT_EQ(values_text(*table->column(0)), "x\r\ny, z");
  EXPECT_EQ(values_text(*table->column(1)), "1, 2");
}

TEST(TextTable, NoLineEndAfterTheLastRow) {
  EXPECT_EQ(values_text(*read("a,b\n1,2\n3,4")->column(1)), "2, 4");
  EXPECT_EQ(values_text(*read("a,b\n1,2")->column(1)), "2");
}

TEST(TextTable, EmptyLinesBeforeTheHeader) {
  EXPECT_EQ(values_text(*read("\n\na,b\n1,2\n")->column(1)), "2");
}

TEST(TextTable, ColumnsInTheOrderAskedForAndWordsAsWritten) {
  const auto table = read("a,b,c\n01,TRUE,3\n02,NULL,4\n", {},
                          {.columns = {"c", "b", "a"}, .as_text = {"b", "a"}});
  EXPECT_EQ(table->schema()->ToString(), "c: int64\nb: string\na: string");
  EXPECT_EQ(values_text(*table->column(1)), "TRUE, null");
  EXPECT_EQ(values_text(*table->column(2)), "01, 02");
}

TEST(TextTable, OptionsChangeWordsAndPoint) {
  TableOptions options;
  options.null_words = {"?"};
  options.decimal_point = ",";
  const auto table = read("a;b\n1,5;?\n?;NA\n", options);
  EXPECT_EQ(values_text(*table->column(0)), "1.5, null");
  EXPECT_EQ(values_text(*table->column(1)), "null, NA");
}

TEST(TextTable, NoValuesAndLongDigits) {
  const auto table = read("a,b\n,12345678901234567890123\nNA,1\n");
  EXPECT_EQ(table->field(0)->type()->id(), arrow::Type::NA);
  EXPECT_EQ(values_text(*table->column(1)), "12345678901234567890123, 1");
}

TEST(TextTable, RaggedRowsAreRefusedWithTheirLine) {
  EXPECT_EQ(refusal("a,b\n\"x\ny\",1\n2\n"),
            "'t.csv', line 4, has 1 field, the header has 2. Correct the line, or give the "
            "separator by --separator.");
  EXPECT_NE(refusal("a,b\n1,2\n3,4,5\n").find("line 3, has 3 fields"), std::string::npos);
}

TEST(TextTable, OtherFaultsAreRefusedWithTheirLine) {
  EXPECT_EQ(refusal("a,b\n1,2\n3,\"open\n5,6\n"),
            "'t.csv', line 3, has a quote that is never closed. Close it.");
  EXPECT_EQ(refusal("a,b\n1,2\n3,caf\xE9\n"),
            "'t.csv', line 3, is not UTF-8. Save the file as UTF-8.");
}

TEST(TextTable, TablesWithoutRowsAreRefused) {
  EXPECT_EQ(refusal(""), "'t.csv' is empty. Give a table with a header line and rows.");
  EXPECT_EQ(refusal("a,b\n"), "'t.csv' has a header but no rows. Give a table with rows.");
  EXPECT_EQ(refusal("a,b"), "'t.csv' has a header but no rows. Give a table with rows.");
}

TEST(TextTable, AVeryLongRecordIsRefused) {
  EXPECT_NE(refusal("a,b\n1," + std::string(9 << 20, 'x') + "\n").find("t.csv"), std::string::npos);
}

TEST(TextTable, UnknownColumnIsRefusedWithTheNearest) {
  EXPECT_EQ(refusal_for_test([] { read("colour,size\n1,2\n", {}, {.columns = {"color"}}); }),
            "'t.csv' has no column 'color'. Did you mean 'colour'?");
}

TEST(TextTable, BinaryUnderATextName) {
  EXPECT_NE(refusal(std::string("\x89PNG\r\n\x1A\n\0\0\0", 11)).find("binary"), std::string::npos);
}

TEST(TextTable, StopsWhenAsked) {
  std::stop_source stop;
  const TableSource source = source_for_test("a,b\n1,2\n");
  const TableForm form = table_form(source, {}, {});
  const auto batches = open_batches(source, form, {}, Control{.stop = stop.get_token()});
  stop.request_stop();
  refusal_for_test([&] { next_batch(*batches); }, ErrorKind::interrupted);
}

TEST(TextTable, MemoryLimit) {
  const TableSource source = source_for_test("a,b\n1,2\n3,4\n");
  const TableForm form = table_form(source, {}, {});
  EXPECT_NE(refusal_for_test([&] {
              read_whole(source, form, {}, Control{.memory_limit = 10});
            }).find("memory limit"),
            std::string::npos);
}

}  // namespace
}  // namespace rarewood
