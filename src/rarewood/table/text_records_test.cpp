#include "rarewood/table/text_records.hpp"

#include <gtest/gtest.h>

namespace rarewood {
namespace {

std::vector<TextRecord> records_of(std::string_view text, std::size_t piece = 1000) {
  std::vector<TextRecord> found;
  TextRecords records(',', [&](const TextRecord& record) {
    found.push_back(record);
    return true;
  });
  for (std::size_t at = 0; at < text.size(); at += piece) records.feed(text.substr(at, piece));
  records.finish();
  return found;
}

using Fields = std::vector<std::string>;

TEST(TextRecords, SplitsByAllLineEnds) {
  const auto found = records_of("a,b\r\nc,d\ne,f\rg,h");
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[1].fields, (Fields{"c", "d"}));
  EXPECT_EQ(found[3].fields, (Fields{"g", "h"}));
  EXPECT_EQ(found[3].line, 4);
}

TEST(TextRecords, QuotesHoldSeparatorsQuotesAndLines) {
  const auto found = records_of("\"a,1\",\"b \"\"x\"\"\"\n\"two\nlines\",c\nlast,d\n", 1);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].fields, (Fields{"a,1", "b \"x\""}));
  EXPECT_EQ(found[1].fields, (Fields{"two\nlines", "c"}));
  EXPECT_EQ(found[2].line, 4);
}

TEST(TextRecords, QuoteInTheMiddleIsALetter) {
  const auto found = records_of("5\" disk,x\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].fields, (Fields{"5\" disk", "x"}));
}

TEST(TextRecords, EmptyLinesAreNoRecordsButCount) {
  const auto found = records_of("\n\na,b\n\nc,\n");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].line, 3);
  EXPECT_EQ(found[1].line, 5);
  EXPECT_EQ(found[1].fields, (Fields{"c", ""}));
}

TEST(TextRecords, SaysWhereAnOpenQuoteBegan) {
  const auto found = records_of("a,b\nc,\"never\nclosed");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_FALSE(found[0].quote_open);
  EXPECT_TRUE(found[1].quote_open);
  EXPECT_EQ(found[1].line, 2);
}

TEST(TextRecords, StopsWhenTheListenerHasEnough) {
  int heard = 0;
  TextRecords records(',', [&](const TextRecord&) { return ++heard < 2; });
  EXPECT_FALSE(records.feed("a\nb\nc\n"));
  records.finish();
  EXPECT_EQ(heard, 2);
}

TEST(TextRecords, KeepsOnlyTheBeginningOfLongFields) {
  const auto found = records_of(std::string(10000, 'x') + ",y\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].fields[0].size(), TextRecords::kLongestKept);
  EXPECT_EQ(found[0].fields[1], "y");
}

}  // namespace
}  // namespace rarewood
