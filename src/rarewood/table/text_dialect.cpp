#include "rarewood/table/text_dialect.hpp"

#include <algorithm>
#include <cstddef>
#include <set>

#include <arrow/util/utf8.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/table/text_records.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kRecordsLookedAt = 100;

/// The widths of the first records under one separator; the last, perhaps cut, record is left out.
std::vector<std::size_t> widths(std::string_view text, bool whole, char separator) {
  std::vector<std::size_t> found;
  TextRecords records(separator, [&](const TextRecord& record) {
    found.push_back(record.fields.size());
    return found.size() < kRecordsLookedAt;
  });
  records.feed(text);
  if (whole) records.finish();
  return found;
}

/// A separator is believed by the share of records that are as wide as the header, then by width.
char find_separator(std::string_view text, bool whole) {
  char best = ',';
  double best_share = 0;
  std::size_t best_width = 1;
  for (const char candidate : {',', ';', '\t', '|'}) {
    const auto found = widths(text, whole, candidate);
    if (found.empty() || found.front() < 2) continue;
    const auto agreeing = std::count(found.begin(), found.end(), found.front());
    const double share = static_cast<double>(agreeing) / static_cast<double>(found.size());
    if (share > best_share || (share == best_share && found.front() > best_width)) {
      best = candidate;
      best_share = share;
      best_width = found.front();
    }
  }
  return best;
}

[[noreturn]] void refuse(const std::string& name, const std::string& what) {
  throw Error(ErrorKind::data, "'" + name + "' " + what);
}

void refuse_what_is_no_text(std::string_view head, const std::string& name) {
  if (head.empty()) refuse(name, "is empty. Give a table with a header line and rows.");
  if (head.starts_with("PK\x03\x04")) {
    refuse(name, "is a zip or Excel file. Save it as CSV or Parquet.");
  }
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
    refuse(name, "is UTF-16 text. Save it as UTF-8.");
  }
  if (head.find('\0') != std::string_view::npos) {
    refuse(name, "is neither Parquet nor text: it holds binary bytes. Give a CSV or Parquet file.");
  }
}

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

void refuse_names_that_are_no_text(const std::vector<std::string>& columns,
                                   const std::string& name) {
  arrow::util::InitializeUTF8();
  for (const std::string& column : columns) {
    if (!arrow::util::ValidateUTF8(column)) {
      refuse(name, "is not UTF-8 in its header. Save the file as UTF-8.");
    }
  }
}

/// \returns whether there are rows below
bool read_header(std::string_view text, bool whole, TextDialect& into) {
  bool rows = !whole;
  TextRecords records(into.separator, [&](const TextRecord& record) {
    if (!into.columns.empty()) {
      rows = true;
      return false;
    }
    into.header_line = static_cast<int>(record.line);
    for (const std::string& field : record.fields) {
      const std::string name = trimmed(field);
      into.columns.push_back(name.empty() ? "column_" + std::to_string(into.columns.size() + 1)
                                          : name);
    }
    return true;
  });
  records.feed(text);
  if (whole) records.finish();
  return rows;
}

}  // namespace

void refuse_equal_names(const std::vector<std::string>& names, const std::string& table) {
  std::set<std::string> seen;
  std::vector<std::string> twice;
  for (const std::string& name : names) {
    const bool new_name = seen.insert(name).second;
    const bool listed_yet = std::find(twice.begin(), twice.end(), name) != twice.end();
    if (!new_name && !listed_yet) twice.push_back(name);
  }
  if (twice.empty()) return;
  refuse(table, "has more than one column named " + listed(twice) + ". Rename all but one.");
}

TextDialect find_dialect(std::string_view head, bool whole, const std::string& name,
                         const TableOptions& options) {
  refuse_what_is_no_text(head, name);
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);  // the mark of UTF-8

  TextDialect dialect;
  const char asked_for = separator_of(options);
  dialect.separator = asked_for != 0 ? asked_for : find_separator(head, whole);
  const bool rows = read_header(head, whole, dialect);
  if (dialect.columns.empty()) {
    refuse(name, whole ? "holds only empty lines. Give a table with a header line and rows."
                       : "has no end of line near its beginning. Give a CSV or Parquet file.");
  }
  if (!rows) refuse(name, "has a header but no rows. Give a table with rows.");
  refuse_names_that_are_no_text(dialect.columns, name);
  refuse_equal_names(dialect.columns, name);
  return dialect;
}

}  // namespace rarewood
