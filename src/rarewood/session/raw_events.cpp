#include "rarewood/session/raw_events.hpp"

#include <algorithm>
#include <functional>

#include <arrow/api.h>
#include <fmt/format.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/parallel.hpp"
#include "rarewood/session/event_columns.hpp"
#include "rarewood/table/batch.hpp"

namespace rarewood {
namespace {

/// A column of a table and what becomes of its values.
struct Wanted {
  std::string name;
  bool needed = true;
  std::function<void(const arrow::Array&, const std::string&)> append;
};

int column_index(const arrow::Schema& schema, const std::string& table, const Wanted& wanted) {
  const int found = schema.GetFieldIndex(wanted.name);  // -1 also where it is there twice
  if (found >= 0 || !wanted.needed) return found;
  throw Error(ErrorKind::data, fmt::format("The table {} has no column {}. Rename the column that "
                                           "holds it.",
                                           table, wanted.name));
}

void read_columns(arrow::RecordBatchReader& reader, const std::string& table,
                  const std::vector<Wanted>& columns, const Control& control) {
  std::vector<int> indices;
  for (const Wanted& wanted : columns) {
    indices.push_back(column_index(*reader.schema(), table, wanted));
  }
  while (const auto batch = next_batch(reader)) {
    check_stop(control);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (indices[c] < 0) continue;
      columns[c].append(*batch->column(indices[c]), table + "." + columns[c].name);
    }
  }
}

Wanted ids(std::string name, std::vector<std::int64_t>& to, bool needed = true) {
  return {std::move(name), needed, [&to](const arrow::Array& array, const std::string& column) {
            append_ids(array, column, to);
          }};
}

Wanted times(std::vector<std::int64_t>& to, ZoneClock& clock) {
  return {"created_at", true, [&to, &clock](const arrow::Array& array, const std::string& column) {
            append_times(array, column, clock, to);
          }};
}

Wanted texts(std::string name, TextCodes& codes, std::vector<std::uint32_t>& to) {
  return {std::move(name), true,
          [&to, &codes](const arrow::Array& array, const std::string& column) {
            append_codes(array, column, codes, to);
          }};
}

Wanted numbers(std::string name, std::vector<double>& to) {
  return {std::move(name), false, [&to](const arrow::Array& array, const std::string& column) {
            append_numbers(array, column, to);
          }};
}

/// Some rows may lack their time; if all do, the column is not what it seems to be.
void check_times(const std::vector<std::int64_t>& time, const std::string& table) {
  const bool none = std::all_of(time.begin(), time.end(), [](auto t) { return t == no_time; });
  if (time.empty() || !none) return;
  throw Error(ErrorKind::data,
              fmt::format("No value of {}.created_at can be read as a time. Write it like "
                          "2012-03-19 08:04:16, as a timestamp, or as seconds since 1970.",
                          table));
}

RawSessions read_sessions(arrow::RecordBatchReader& reader, ZoneClock clock,
                          const Control& control) {
  RawSessions rows;
  TextCodes sources, devices;
  read_columns(
      reader, "website_sessions",
      {ids("website_session_id", rows.id), times(rows.time, clock),
       ids("user_id", rows.user, false), numbers("is_repeat_session", rows.repeat),
       texts("utm_source", sources, rows.source), texts("device_type", devices, rows.device)},
      control);
  rows.sources = settle(sources, rows.source);
  rows.devices = settle(devices, rows.device);
  check_times(rows.time, "website_sessions");
  return rows;
}

RawPageviews read_pageviews(arrow::RecordBatchReader& reader, ZoneClock clock,
                            const Control& control) {
  RawPageviews rows;
  TextCodes urls;
  read_columns(reader, "website_pageviews",
               {ids("website_pageview_id", rows.id, false), times(rows.time, clock),
                ids("website_session_id", rows.session), texts("pageview_url", urls, rows.url)},
               control);
  rows.urls = settle(urls, rows.url);
  check_times(rows.time, "website_pageviews");
  return rows;
}

RawOrders read_orders(arrow::RecordBatchReader& reader, ZoneClock clock, const Control& control) {
  RawOrders rows;
  const bool named_revenue = reader.schema()->GetFieldIndex("revenue") >= 0;
  read_columns(reader, "orders",
               {ids("order_id", rows.id, false), times(rows.time, clock),
                ids("website_session_id", rows.session),
                numbers(named_revenue ? "revenue" : "price_usd", rows.revenue)},
               control);
  check_times(rows.time, "orders");
  return rows;
}

}  // namespace

RawEvents read_raw_events(const RawTables& tables, const std::string& zone,
                          const Control& control) {
  const ZoneClock clock(zone);
  RawEvents events;
  events.simulated = tables.simulated;
  parallel_for(control, 3, [&](std::size_t table) {  // the long one first
    if (table == 0) events.pageviews = read_pageviews(*tables.pageviews, clock, control);
    if (table == 1) events.sessions = read_sessions(*tables.sessions, clock, control);
    if (table == 2) events.orders = read_orders(*tables.orders, clock, control);
  });
  return events;
}

}  // namespace rarewood
