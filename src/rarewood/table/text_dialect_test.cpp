#include "rarewood/table/text_dialect.hpp"

#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"

namespace rarewood {
namespace {

TextDialect dialect_of(std::string_view text, const TableOptions& options = {}) {
  return find_dialect(text, true, "t.csv", options);
}

std::string refusal_of(std::string_view text) {
  try {
    dialect_of(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::data);
    return error.what();
  }
  return "";
}

TEST(TextDialect, FindsEachSeparator) {
  EXPECT_EQ(dialect_of("a,b,c\n1,2,3\n").separator, ',');
  EXPECT_EQ(dialect_of("a;b;c\n1,5;2,5;3\n").separator, ';');
  EXPECT_EQ(dialect_of("a\tb\nx y\tz\n").separator, '\t');
  EXPECT_EQ(dialect_of("a|b\n1|2\n").separator, '|');
  EXPECT_EQ(dialect_of("only\n1\n").separator, ',');
}

TEST(TextDialect, BelievesAgreementMoreThanWidth) {
  EXPECT_EQ(dialect_of("name, first;age\nx;1\ny;2\nz;3\n").separator, ';');
  EXPECT_EQ(dialect_of("\"a;b;c\",d\n\"1;2;3\",4\n").separator, ',');
}

TEST(TextDialect, ObeysTheOption) {
  TableOptions options;
  options.separator = "tab";
  EXPECT_EQ(dialect_of("a,b\tc\n1\t2\n", options).separator, '\t');
  options.separator = "ab";
  EXPECT_THROW(dialect_of("a,b\n1,2\n", options), Error);
}

TEST(TextDialect, ReadsTheHeader) {
  const auto dialect = dialect_of("\xEF\xBB\xBF\n\"id, no\", b ,,d\n1,2,3,4\n");
  EXPECT_EQ(dialect.columns, (std::vector<std::string>{"id, no", "b", "column_3", "d"}));
  EXPECT_EQ(dialect.header_line, 2);
}

TEST(TextDialect, RefusesWhatIsNoTable) {
  EXPECT_EQ(refusal_of(""), "'t.csv' is empty. Give a table with a header line and rows.");
  EXPECT_NE(refusal_of("\n\n").find("only empty lines"), std::string::npos);
  EXPECT_NE(refusal_of("caf\xE9,b\n1,2\n").find("not UTF-8 in its header"), std::string::npos);
  EXPECT_NE(refusal_of("PK\x03\x04junk").find("Excel"), std::string::npos);
  EXPECT_NE(refusal_of("\xFF\xFE"
                       "a")
                .find("UTF-16"),
            std::string::npos);
  EXPECT_NE(refusal_of(std::string_view("a,b\0c", 5)).find("binary"), std::string::npos);
}

TEST(TextDialect, RefusesEqualNames) {
  EXPECT_EQ(refusal_of("a,b,a, b,c\n1,2,3,4,5\n"),
            "'t.csv' has more than one column named a and b. Rename all but one.");
}

}  // namespace
}  // namespace rarewood
