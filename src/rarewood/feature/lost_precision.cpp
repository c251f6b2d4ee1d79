#include "rarewood/feature/lost_precision.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <arrow/array.h>
#include <arrow/chunked_array.h>
#include <arrow/type.h>

#include "rarewood/base/text.hpp"
#include "rarewood/feature/number_values.hpp"

namespace rarewood {
namespace {

constexpr std::size_t kLookedAt = 16384;
constexpr double kTolerated = 0.01;

struct Loss {
  std::uint64_t distinct = 0;  // values
  std::uint64_t lost = 0;      // of them, those equal to the one below as float32
};

template <typename Value>
Loss loss_of(std::vector<Value> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  Loss loss{.distinct = values.size()};
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (static_cast<float>(values[i]) == static_cast<float>(values[i - 1])) ++loss.lost;
  }
  return loss;
}

template <typename Value>
bool is_exact(Value value) {
  if constexpr (std::is_floating_point_v<Value>) {
    return static_cast<double>(static_cast<float>(value)) == value;
  } else {
    return static_cast<double>(value) <= 16777216.0 && static_cast<double>(value) >= -16777216.0;
  }
}

/// What is known of a column before any value is kept.
template <typename Value>
struct Survey {
  bool exact = true;  // float32 holds all values
  bool whole = true;

  void add(const arrow::Array& chunk, const Value* numbers) {
    for (std::int64_t row = 0; row < chunk.length(); ++row) {
      const Value value = numbers[row];
      if (is_nan(value) || is_exact(value) || chunk.IsNull(row)) continue;
      exact = false;
      if constexpr (std::is_floating_point_v<Value>) whole = whole && value == std::floor(value);
    }
  }
};

template <typename Value>
std::vector<Value> first_values(const arrow::ChunkedArray& column, std::size_t most) {
  std::vector<Value> values;
  for (const auto& chunk : column.chunks()) {
    const Value* numbers = chunk->data()->template GetValues<Value>(1);
    for (std::int64_t row = 0; row < chunk->length() && values.size() < most; ++row) {
      if (!is_nan(numbers[row]) && !chunk->IsNull(row)) values.push_back(numbers[row]);
    }
  }
  return values;
}

template <typename Value>
std::string warning_for(const std::string& name, const arrow::ChunkedArray& values) {
  Survey<Value> survey;
  for (const auto& chunk : values.chunks()) {
    survey.add(*chunk, chunk->data()->template GetValues<Value>(1));
  }
  if (survey.exact) return "";
  const bool whole = survey.whole;
  const auto looked_at = whole ? static_cast<std::size_t>(values.length()) : kLookedAt;
  const Loss loss = loss_of(first_values<Value>(values, looked_at));
  const double tolerated = whole ? 0 : kTolerated * static_cast<double>(loss.distinct);
  if (static_cast<double>(loss.lost) <= tolerated) return "";
  return "The column '" + name +
         "' has values that only differ beyond single precision: " + thousands(loss.lost) + " of " +
         thousands(loss.distinct) + " become equal to another.";
}

}  // namespace

std::string lost_precision(const std::string& name, const arrow::ChunkedArray& values) {
  switch (values.type()->id()) {
    case arrow::Type::INT32: return warning_for<std::int32_t>(name, values);
    case arrow::Type::UINT32: return warning_for<std::uint32_t>(name, values);
    case arrow::Type::INT64: return warning_for<std::int64_t>(name, values);
    case arrow::Type::UINT64: return warning_for<std::uint64_t>(name, values);
    case arrow::Type::DOUBLE: return warning_for<double>(name, values);
    default: return "";
  }
}

}  // namespace rarewood
