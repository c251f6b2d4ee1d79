#include "rarewood/table/text_kinds.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include <arrow/type.h>
#include <arrow/util/value_parsing.h>

namespace rarewood {
namespace {

// The very functions that Arrow converts with afterwards, so that what is found here holds there.

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// 007 is a name, such as a postcode or a customer's number: as an integer it would lose its zeros.
bool is_padded(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return text.size() > 1 && text.front() == '0';
}

bool is_integer(std::string_view text) {
  if (is_padded(text)) return false;
  std::int64_t value = 0;
  return arrow::internal::ParseValue<arrow::Int64Type>(text.data(), text.size(), &value);
}

bool is_number(std::string_view text, char decimal_point) {
  double value = 0;
  return arrow::internal::StringToFloat(text.data(), text.size(), decimal_point, &value);
}

bool is_all_digits(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_boolean(std::string_view text) {
  static constexpr std::array<std::string_view, 6> kWords{"true",  "True",  "TRUE",
                                                          "false", "False", "FALSE"};
  return std::find(kWords.begin(), kWords.end(), text) != kWords.end();
}

bool is_date(std::string_view text) {
  std::int32_t value = 0;
  return arrow::internal::ParseValue<arrow::Date32Type>(text.data(), text.size(), &value);
}

bool is_stamp(std::string_view text, arrow::TimeUnit::type unit, bool* zoned) {
  std::int64_t value = 0;
  return arrow::internal::ParseTimestampISO8601(text.data(), text.size(), unit, &value, zoned);
}

bool is_stamp_kind(TextKind kind) {
  return kind == TextKind::date || kind == TextKind::seconds || kind == TextKind::fractions;
}

/// The narrowest kind that holds values of both.
TextKind joined(TextKind a, TextKind b) {
  if (a == b || b == TextKind::missing) return a;
  if (a == TextKind::missing) return b;
  if (a > b) std::swap(a, b);
  if (b == TextKind::long_digits || b == TextKind::number) return b;  // a is a number, too
  if (is_stamp_kind(a) && is_stamp_kind(b)) return b;
  if (a == TextKind::zoned_seconds && b == TextKind::zoned_fractions) return b;
  return TextKind::text;
}

}  // namespace

bool KindFinder::still_fits(std::string_view value) const {
  bool zoned = false;
  switch (kind_) {
    case TextKind::integer: return is_integer(without_blanks(value));
    case TextKind::number: return is_number(without_blanks(value), decimal_point_);
    case TextKind::boolean: return is_boolean(value);
    case TextKind::date: return is_date(value);
    case TextKind::seconds: return is_stamp(value, arrow::TimeUnit::SECOND, &zoned) && !zoned;
    default: return kind_ == TextKind::text;
  }
}

void KindFinder::see(std::string_view value) {
  if (!still_fits(value)) kind_ = joined(kind_, classify(value));
}

TextKind KindFinder::classify(std::string_view value) const {
  const std::string_view bare = without_blanks(value);
  if (is_integer(bare)) return TextKind::integer;
  if (is_all_digits(bare)) return TextKind::long_digits;
  if (is_number(bare, decimal_point_)) return TextKind::number;
  if (is_boolean(value)) return TextKind::boolean;
  if (is_date(value)) return TextKind::date;
  bool zoned = false;
  if (is_stamp(value, arrow::TimeUnit::SECOND, &zoned)) {
    return zoned ? TextKind::zoned_seconds : TextKind::seconds;
  }
  if (is_stamp(value, arrow::TimeUnit::NANO, &zoned)) {
    return zoned ? TextKind::zoned_fractions : TextKind::fractions;
  }
  return TextKind::text;
}

std::shared_ptr<arrow::DataType> type_of(TextKind kind) {
  switch (kind) {
    case TextKind::missing: return arrow::null();
    case TextKind::integer: return arrow::int64();
    case TextKind::number: return arrow::float64();
    case TextKind::boolean: return arrow::boolean();
    case TextKind::date: return arrow::date32();
    case TextKind::seconds: return arrow::timestamp(arrow::TimeUnit::SECOND);
    case TextKind::fractions: return arrow::timestamp(arrow::TimeUnit::NANO);
    case TextKind::zoned_seconds: return arrow::timestamp(arrow::TimeUnit::SECOND, "UTC");
    case TextKind::zoned_fractions: return arrow::timestamp(arrow::TimeUnit::NANO, "UTC");
    default: return arrow::utf8();
  }
}

}  // namespace rarewood
