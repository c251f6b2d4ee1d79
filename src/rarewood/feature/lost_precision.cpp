#include "rarewood/feature/lost_precision.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <type_traits>
#include <utility>
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

/// A column's values of one type.
template <typename Value>
class Gathered {
 public:
  void add(const arrow::Array& chunk, const Value* numbers) {
    for (std::int64_t row = 0; row < chunk.length(); ++row) {
      const Value value = numbers[row];
      if (chunk.IsNull(row) || value != value) continue;
      exact_ = exact_ && is_exact(value);
      if constexpr (std::is_floating_point_v<Value>) whole_ = whole_ && value == std::floor(value);
      if (whole_ || values_.size() < kLookedAt) values_.push_back(value);
    }
  }

  bool exact() const { return exact_; }
  bool whole() const { return whole_; }
  std::vector<Value> values() && { return std::move(values_); }

 private:
  std::vector<Value> values_;
  bool exact_ = true;
  bool whole_ = true;
};

template <typename Value>
std::string warning_for(const std::string& name, const arrow::ChunkedArray& values) {
  Gathered<Value> gathered;
  for (const auto& chunk : values.chunks()) {
    gathered.add(*chunk, chunk->data()->template GetValues<Value>(1));
  }
  if (gathered.exact()) return "";
  const bool whole = gathered.whole();
  const Loss loss = loss_of(std::move(gathered).values());
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
