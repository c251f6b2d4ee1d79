#include "rarewood/session/raw_tables.hpp"

#include <algorithm>
#include <array>

#include <arrow/type.h>
#include <fmt/format.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/table/table.hpp"

namespace rarewood {
namespace {

constexpr std::array endings{".parquet", ".csv", ".csv.gz", ".tsv", ".tsv.gz"};

std::string find_table(const ObjectStore& store, const std::string& prefix,
                       const std::string& table) {
  const std::string stem = prefix.empty() ? table : prefix + "/" + table;
  for (const char* ending : endings) {
    if (store.find(stem + ending)) return stem + ending;
  }
  throw Error(ErrorKind::external,
              fmt::format("There is no '{}', nor with the ending .csv or .tsv. Give the folder of "
                          "the raw tables as --raw, or make a shop with 'rarewood sample'.",
                          store.uri(stem + endings.front())));
}

/// Only the columns that are read later; those that are missing are refused then.
std::shared_ptr<arrow::RecordBatchReader> open_columns(const TableSource& source,
                                                       const TableForm& form,
                                                       const std::vector<std::string>& wanted,
                                                       const Control& control) {
  TableRequest request{.columns = {}, .as_text = {}, .text_as_codes = true};
  for (const std::string& name : wanted) {
    if (form.schema->GetFieldIndex(name) >= 0) request.columns.push_back(name);
  }
  return open_batches(source, form, request, control);
}

}  // namespace

RawTables open_raw_tables(const ObjectStore& store, const std::string& prefix,
                          const TableOptions& options, const Control& control) {
  constexpr std::uint64_t bytes_per_row = 110;  // journeys, features and keys included, at the peak
  RawTables tables;
  std::uint64_t rows = 0;
  const auto open = [&](const std::string& table, const std::vector<std::string>& columns) {
    const TableSource source = table_source(store, find_table(store, prefix, table), control);
    const TableForm form = table_form(source, options, control);
    const auto said = form.metadata.find("rarewood.simulated");
    tables.simulated |= said != form.metadata.end() && said->second == "true";
    rows += static_cast<std::uint64_t>(form.rows);
    check_memory(control, "turn raw tables into features", rows * bytes_per_row);
    return open_columns(source, form, columns, control);
  };
  tables.sessions = open("website_sessions", {"website_session_id", "created_at", "user_id",
                                              "is_repeat_session", "utm_source", "device_type"});
  tables.pageviews = open("website_pageviews", {"website_pageview_id", "created_at",
                                                "website_session_id", "pageview_url"});
  tables.orders =
      open("orders", {"order_id", "created_at", "website_session_id", "price_usd", "revenue"});
  return tables;
}

}  // namespace rarewood
