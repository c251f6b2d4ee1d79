#include "rarewood/session/event_columns.hpp"

#include <cmath>
#include <limits>

#include <arrow/api.h>
#include <fmt/format.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"

namespace rarewood {
namespace {

[[noreturn]] void refuse_type(const arrow::Array& array, const std::string& name,
                              const std::string& wanted) {
  throw Error(ErrorKind::data, fmt::format("The column {} is of type {}. Give it as {}.", name,
                                           array.type()->ToString(), wanted));
}

/// Call take(i, value) for every value and miss(i) for every null.
template <typename ArrayType, typename Take, typename Miss>
void each_value(const arrow::Array& array, Take take, Miss miss) {
  const auto& typed = static_cast<const ArrayType&>(array);
  if (typed.null_count() == 0) {
    for (std::int64_t i = 0; i < typed.length(); ++i) take(i, typed.GetView(i));
    return;
  }
  for (std::int64_t i = 0; i < typed.length(); ++i) {
    if (typed.IsNull(i)) {
      miss(i);
    } else {
      take(i, typed.GetView(i));
    }
  }
}

/// Visit numbers as double, integers up to 64 bits exactly where Take accepts them; text as text.
/// \return false if the column is neither.
template <typename Take, typename Miss>
bool each_plain(const arrow::Array& array, Take take, Miss miss) {
  switch (array.type_id()) {
    case arrow::Type::BOOL: each_value<arrow::BooleanArray>(array, take, miss); return true;
    case arrow::Type::INT8: each_value<arrow::Int8Array>(array, take, miss); return true;
    case arrow::Type::INT16: each_value<arrow::Int16Array>(array, take, miss); return true;
    case arrow::Type::INT32: each_value<arrow::Int32Array>(array, take, miss); return true;
    case arrow::Type::INT64: each_value<arrow::Int64Array>(array, take, miss); return true;
    case arrow::Type::UINT8: each_value<arrow::UInt8Array>(array, take, miss); return true;
    case arrow::Type::UINT16: each_value<arrow::UInt16Array>(array, take, miss); return true;
    case arrow::Type::UINT32: each_value<arrow::UInt32Array>(array, take, miss); return true;
    case arrow::Type::UINT64: each_value<arrow::UInt64Array>(array, take, miss); return true;
    case arrow::Type::FLOAT: each_value<arrow::FloatArray>(array, take, miss); return true;
    case arrow::Type::DOUBLE: each_value<arrow::DoubleArray>(array, take, miss); return true;
    case arrow::Type::STRING: each_value<arrow::StringArray>(array, take, miss); return true;
    case arrow::Type::LARGE_STRING:
      each_value<arrow::LargeStringArray>(array, take, miss);
      return true;
    case arrow::Type::STRING_VIEW:
      each_value<arrow::StringViewArray>(array, take, miss);
      return true;
    case arrow::Type::NA:
      for (std::int64_t i = 0; i < array.length(); ++i) miss(i);
      return true;
    default: return false;
  }
}

/// Whole number of a value of any plain type.
template <typename V>
std::int64_t whole(const V& value) {
  if constexpr (std::is_same_v<V, std::string_view>) {
    return parse_int64(value).value_or(no_id);
  } else if constexpr (std::is_floating_point_v<V>) {
    const double number = static_cast<double>(value);
    if (!(std::abs(number) <= 0x1p53) || number != std::floor(number)) return no_id;
    return static_cast<std::int64_t>(number);
  } else {
    return static_cast<std::int64_t>(value);
  }
}

template <typename V>
double number_of(const V& value) {
  if constexpr (std::is_same_v<V, std::string_view>) {
    return parse_double(value).value_or(std::numeric_limits<double>::quiet_NaN());
  } else {
    return static_cast<double>(value);
  }
}

/// A time outside 1900 to 2200 is a slip of unit (milliseconds) or of type, not an event.
std::int64_t plausible(std::int64_t seconds) {
  constexpr std::int64_t year = 31'556'952;
  return seconds >= -70 * year && seconds <= 230 * year ? seconds : no_time;
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

std::int64_t ticks_per_second(arrow::TimeUnit::type unit) {
  switch (unit) {
    case arrow::TimeUnit::SECOND: return 1;
    case arrow::TimeUnit::MILLI: return 1'000;
    case arrow::TimeUnit::MICRO: return 1'000'000;
    case arrow::TimeUnit::NANO: break;
  }
  return 1'000'000'000;
}

void append_timestamps(const arrow::Array& array, ZoneClock& clock, std::vector<std::int64_t>& to) {
  const auto& type = static_cast<const arrow::TimestampType&>(*array.type());
  const std::int64_t ticks = ticks_per_second(type.unit());
  const bool zoned = !type.timezone().empty();
  each_value<arrow::TimestampArray>(
      array,
      [&](std::int64_t, std::int64_t value) {
        const std::int64_t seconds = plausible(floor_divide(value, ticks));
        to.push_back(seconds == no_time ? no_time : clock.to_utc(Stamp{seconds, zoned}));
      },
      [&](std::int64_t) { to.push_back(no_time); });
}

/// Each text is read once.
void append_dictionary(const arrow::DictionaryArray& array, const std::string& name,
                       TextCodes& codes, std::vector<std::uint32_t>& to) {
  std::vector<std::uint32_t> words;
  append_codes(*array.dictionary(), name, codes, words);
  const bool read = each_plain(
      *array.indices(),
      [&](std::int64_t, const auto& index) {
        to.push_back(words[static_cast<std::size_t>(whole(index))]);
      },
      [&](std::int64_t) { to.push_back(no_code); });
  if (!read) refuse_type(array, name, "text");
}

}  // namespace

void append_ids(const arrow::Array& array, const std::string& name, std::vector<std::int64_t>& to) {
  const bool read = each_plain(
      array, [&](std::int64_t, const auto& value) { to.push_back(whole(value)); },
      [&](std::int64_t) { to.push_back(no_id); });
  if (!read) refuse_type(array, name, "whole numbers");
}

void append_times(const arrow::Array& array, const std::string& name, ZoneClock& clock,
                  std::vector<std::int64_t>& to) {
  if (array.type_id() == arrow::Type::TIMESTAMP) return append_timestamps(array, clock, to);
  if (array.type_id() == arrow::Type::DATE32) {
    return each_value<arrow::Date32Array>(
        array,
        [&](std::int64_t, std::int32_t days) {
          to.push_back(clock.to_utc(std::int64_t{days} * 86400));
        },
        [&](std::int64_t) { to.push_back(no_time); });
  }
  const bool read = each_plain(
      array,
      [&](std::int64_t, const auto& value) {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string_view>) {
          const auto stamp = parse_stamp(value);
          const bool usable = stamp && plausible(stamp->seconds) != no_time;
          to.push_back(usable ? clock.to_utc(*stamp) : no_time);
        } else {
          to.push_back(plausible(whole(value)));
        }
      },
      [&](std::int64_t) { to.push_back(no_time); });
  if (!read) refuse_type(array, name, "timestamps, text or whole seconds since 1970");
}

void append_codes(const arrow::Array& array, const std::string& name, TextCodes& codes,
                  std::vector<std::uint32_t>& to) {
  if (array.type_id() == arrow::Type::DICTIONARY) {
    return append_dictionary(static_cast<const arrow::DictionaryArray&>(array), name, codes, to);
  }
  const bool read = each_plain(
      array,
      [&](std::int64_t, const auto& value) {
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string_view>) {
          to.push_back(codes.code(value));
        } else {
          to.push_back(codes.code(std::to_string(value)));
        }
      },
      [&](std::int64_t) { to.push_back(no_code); });
  if (!read) refuse_type(array, name, "text");
}

void append_numbers(const arrow::Array& array, const std::string& name, std::vector<double>& to) {
  if (array.type_id() == arrow::Type::DECIMAL128) {
    const int scale = static_cast<const arrow::Decimal128Type&>(*array.type()).scale();
    const auto& typed = static_cast<const arrow::Decimal128Array&>(array);
    for (std::int64_t i = 0; i < typed.length(); ++i) {
      to.push_back(typed.IsNull(i) ? std::numeric_limits<double>::quiet_NaN()
                                   : arrow::Decimal128(typed.GetValue(i)).ToDouble(scale));
    }
    return;
  }
  const bool read = each_plain(
      array, [&](std::int64_t, const auto& value) { to.push_back(number_of(value)); },
      [&](std::int64_t) { to.push_back(std::numeric_limits<double>::quiet_NaN()); });
  if (!read) refuse_type(array, name, "numbers");
}

}  // namespace rarewood
