#include "rarewood/session/raw_events.hpp"

#include <cmath>

#include <arrow/api.h>
#include <gtest/gtest.h>

#include "rarewood/base/error.hpp"
#include "rarewood/session/event_columns.hpp"

namespace rarewood {
namespace {

using ArrayPtr = std::shared_ptr<arrow::Array>;

template <typename Builder, typename Value>
ArrayPtr array_of(Builder builder, const std::vector<std::optional<Value>>& values) {
  for (const auto& value : values) {
    EXPECT_TRUE((value ? builder.Append(*value) : builder.AppendNull()).ok());
  }
  return builder.Finish().ValueOrDie();
}

ArrayPtr texts(const std::vector<std::optional<std::string>>& values) {
  return array_of(arrow::StringBuilder(), values);
}

ArrayPtr ints(const std::vector<std::optional<std::int64_t>>& values) {
  return array_of(arrow::Int64Builder(), values);
}

ArrayPtr stamps(arrow::TimeUnit::type unit, const std::string& zone,
                const std::vector<std::optional<std::int64_t>>& values) {
  return array_of(
      arrow::TimestampBuilder(arrow::timestamp(unit, zone), arrow::default_memory_pool()), values);
}

struct NamedColumn {
  std::string name;
  ArrayPtr values;
};

std::shared_ptr<arrow::RecordBatchReader> reader_of(const std::vector<NamedColumn>& columns) {
  arrow::FieldVector fields;
  arrow::ArrayVector arrays;
  for (const NamedColumn& column : columns) {
    fields.push_back(arrow::field(column.name, column.values->type()));
    arrays.push_back(column.values);
  }
  const auto batch =
      arrow::RecordBatch::Make(arrow::schema(fields), arrays.front()->length(), arrays);
  return arrow::RecordBatchReader::Make({batch, batch->Slice(0, 1)}).ValueOrDie();
}

RawTables two_sessions(const ArrayPtr& times) {
  return {reader_of({{"website_session_id", ints({1, 2})},
                     {"created_at", times},
                     {"user_id", ints({7, std::nullopt})},
                     {"is_repeat_session", ints({0, std::nullopt})},
                     {"utm_source", texts({"gsearch", "NULL"})},
                     {"utm_campaign", texts({"brand", "brand"})},
                     {"device_type", texts({"mobile", std::nullopt})}}),
          reader_of({{"website_pageview_id", ints({1, 2})},
                     {"created_at", times},
                     {"website_session_id", ints({1, 2})},
                     {"pageview_url", texts({"/b", "/a"})}}),
          reader_of({{"order_id", ints({1, 2})},
                     {"created_at", times},
                     {"website_session_id", ints({1, 2})},
                     {"price_usd", texts({"49.99", std::nullopt})}})};
}

constexpr std::int64_t noon = 1332158400;  // 2012-03-19 12:00:00 UTC

TEST(RawEvents, ReadsEverySpellingOfTimes) {
  for (const ArrayPtr& times :
       {texts({"2012-03-19 12:00:00", "NULL"}), texts({"2012-03-19T13:00:00+01:00", "x"}),
        ints({noon, std::nullopt}), stamps(arrow::TimeUnit::SECOND, "", {noon, std::nullopt}),
        stamps(arrow::TimeUnit::NANO, "UTC", {noon * 1'000'000'000 + 5, std::nullopt}),
        ints({noon, noon * 1000})}) {  // milliseconds are no seconds
    const RawEvents events = read_raw_events(two_sessions(times), "UTC", Control{});
    EXPECT_EQ(events.sessions.time, (std::vector<std::int64_t>{noon, no_time, noon}))
        << times->type()->ToString();
  }
}

TEST(RawEvents, StampsWithoutZoneAreOfTheZoneGiven) {
  const auto hour_earlier = std::vector<std::int64_t>{noon - 3600, no_time, noon - 3600};
  const auto text = texts({"2012-03-19 12:00:00", std::nullopt});
  const auto plain = stamps(arrow::TimeUnit::MICRO, "", {noon * 1'000'000, std::nullopt});
  const auto zoned = stamps(arrow::TimeUnit::MICRO, "UTC", {noon * 1'000'000, std::nullopt});
  const auto read = [](const ArrayPtr& times) {
    return read_raw_events(two_sessions(times), "Europe/Berlin", Control{}).sessions.time;
  };
  EXPECT_EQ(read(text), hour_earlier);
  EXPECT_EQ(read(plain), hour_earlier);
  EXPECT_EQ(read(zoned).front(), noon);
}

TEST(RawEvents, CodesFollowSortedTextsAndMissingStaysMissing) {
  const RawEvents events = read_raw_events(two_sessions(ints({noon, noon})), "UTC", Control{});
  EXPECT_EQ(events.pageviews.urls, (std::vector<std::string>{"/a", "/b"}));
  EXPECT_EQ(events.pageviews.url, (std::vector<std::uint32_t>{1, 0, 1}));
  EXPECT_EQ(events.sessions.source, (std::vector<std::uint32_t>{0, no_code, 0}));
  EXPECT_EQ(events.sessions.device, (std::vector<std::uint32_t>{0, no_code, 0}));
  EXPECT_EQ(events.sessions.user, (std::vector<std::int64_t>{7, no_id, 7}));
  EXPECT_TRUE(std::isnan(events.sessions.repeat[1]));
  EXPECT_EQ(events.orders.revenue.front(), 49.99);
  EXPECT_FALSE(events.simulated);
}

TEST(RawEvents, ReadsDictionaries) {
  RawTables tables = two_sessions(ints({noon, noon}));
  const auto words = texts({"/z", "/a"});
  const auto url = arrow::DictionaryArray::FromArrays(ints({0, std::nullopt}), words).ValueOrDie();
  tables.pageviews = reader_of({{"created_at", ints({noon, noon})},
                                {"website_session_id", ints({1, 2})},
                                {"pageview_url", url}});
  const RawEvents events = read_raw_events(tables, "UTC", Control{});
  EXPECT_EQ(events.pageviews.urls, (std::vector<std::string>{"/a", "/z"}));
  EXPECT_EQ(events.pageviews.url, (std::vector<std::uint32_t>{1, no_code, 1}));
  EXPECT_TRUE(events.pageviews.id.empty());
}

std::string refusal(const RawTables& tables) {
  try {
    read_raw_events(tables, "UTC", Control{});
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::data);
    return error.what();
  }
  return "";
}

TEST(RawEvents, RefusesWithTableAndColumn) {
  RawTables tables = two_sessions(ints({noon, noon}));
  tables.orders = reader_of({{"website_session_id", ints({1})}});
  EXPECT_NE(refusal(tables).find("The table orders has no column created_at"), std::string::npos);

  tables = two_sessions(ints({noon, noon}));
  tables.orders = reader_of({{"created_at", array_of(arrow::BinaryBuilder(),
                                                     std::vector<std::optional<std::string>>{"x"})},
                             {"website_session_id", ints({1})}});
  EXPECT_NE(refusal(tables).find("orders.created_at is of type binary"), std::string::npos);

  tables = two_sessions(texts({"yesterday", "today"}));
  EXPECT_NE(refusal(tables).find("can be read as a time"), std::string::npos);
}

}  // namespace
}  // namespace rarewood
