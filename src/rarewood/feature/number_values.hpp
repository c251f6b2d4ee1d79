#pragma once

#include <cmath>
#include <cstdint>
#include <type_traits>

#include <arrow/array.h>
#include <arrow/type.h>

namespace rarewood {

/// Call `body` with the values of a column of numbers, dates or time stamps, as a typed pointer;
/// what stands under a missing value is anything.
/// \returns false if the type is none of these.
template <typename Body>
bool with_number_values(const arrow::Array& array, Body&& body) {
  const arrow::ArrayData& data = *array.data();
  switch (array.type_id()) {
    case arrow::Type::INT8: body(data.GetValues<std::int8_t>(1)); return true;
    case arrow::Type::INT16: body(data.GetValues<std::int16_t>(1)); return true;
    case arrow::Type::INT32: body(data.GetValues<std::int32_t>(1)); return true;
    case arrow::Type::INT64: body(data.GetValues<std::int64_t>(1)); return true;
    case arrow::Type::UINT8: body(data.GetValues<std::uint8_t>(1)); return true;
    case arrow::Type::UINT16: body(data.GetValues<std::uint16_t>(1)); return true;
    case arrow::Type::UINT32: body(data.GetValues<std::uint32_t>(1)); return true;
    case arrow::Type::UINT64: body(data.GetValues<std::uint64_t>(1)); return true;
    case arrow::Type::FLOAT: body(data.GetValues<float>(1)); return true;
    case arrow::Type::DOUBLE: body(data.GetValues<double>(1)); return true;
    case arrow::Type::DATE32: body(data.GetValues<std::int32_t>(1)); return true;
    case arrow::Type::TIMESTAMP: body(data.GetValues<std::int64_t>(1)); return true;
    default: return false;
  }
}

template <typename Value>
bool is_nan(Value value) {
  if constexpr (std::is_floating_point_v<Value>) {
    return std::isnan(value);
  } else {
    return false;
  }
}

inline bool is_number_type(const arrow::DataType& type) {
  return arrow::is_integer(type.id()) || type.id() == arrow::Type::FLOAT ||
         type.id() == arrow::Type::DOUBLE;
}

inline bool is_time_type(const arrow::DataType& type) {
  return type.id() == arrow::Type::DATE32 || type.id() == arrow::Type::TIMESTAMP;
}

/// How many steps of a date's or time stamp's unit make a day.
double steps_per_day(const arrow::DataType& type);

}  // namespace rarewood
