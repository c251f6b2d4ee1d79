#include "rarewood/feature/row_keys.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <type_traits>

#include <arrow/array.h>
#include <arrow/chunked_array.h>
#include <arrow/type.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/feature/encode_column.hpp"
#include "rarewood/feature/levels.hpp"
#include "rarewood/feature/number_values.hpp"
#include "rarewood/table/plain_types.hpp"
#include "rarewood/table/table.hpp"

namespace rarewood {
namespace {

std::string called(const std::string& name, const std::string& table) {
  return "The column '" + name + "' of '" + table + "'";
}

std::int64_t floor_div(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

/// How a value of the column becomes the integer of its key.
struct Scale {
  std::int64_t multiply = 1;
  std::int64_t divide = 1;
};

Scale scale_of(const arrow::DataType& type) {
  if (type.id() == arrow::Type::DATE32) return {.multiply = 86400};
  if (type.id() != arrow::Type::TIMESTAMP) return {};
  return {.divide = static_cast<std::int64_t>(steps_per_day(type) / 86400)};
}

template <typename Value>
void add_numbers(const arrow::Array& chunk, const Value* numbers, RowKeys& keys) {
  const Scale scale = scale_of(*chunk.type());
  for (std::int64_t row = 0; row < chunk.length(); ++row) {
    if constexpr (std::is_floating_point_v<Value>) {
      // beyond 2^53 neighbouring whole numbers are one float: rows would share a key
      const bool exact = std::abs(static_cast<double>(numbers[row])) <= 0x1p53;
      if (!exact || numbers[row] != std::floor(numbers[row])) {
        throw Error(ErrorKind::data,
                    "The column '" + keys.name + "' has the value " +
                        shortest(static_cast<double>(numbers[row])) +
                        "; whole numbers up to 2^53 are needed to tell rows apart.");
      }
    }
    keys.values.push_back(
        floor_div(static_cast<std::int64_t>(numbers[row]) * scale.multiply, scale.divide));
  }
}

void add_text(const arrow::ChunkedArray& text, RowKeys& keys) {
  const Levels levels = count_levels(text, static_cast<std::uint64_t>(text.length()));
  for (const auto& [level, rows] : levels.rows) keys.texts.push_back(level);
  for (const auto& chunk : text.chunks()) {
    const auto& codes = static_cast<const arrow::DictionaryArray&>(*chunk);
    const auto& words = static_cast<const arrow::StringArray&>(*codes.dictionary());
    std::vector<std::int64_t> places;
    for (std::int64_t code = 0; code < words.length(); ++code) {
      const auto at = std::lower_bound(keys.texts.begin(), keys.texts.end(), words.GetView(code));
      places.push_back(at - keys.texts.begin());
    }
    for (std::int64_t row = 0; row < codes.length(); ++row) {
      keys.values.push_back(places[static_cast<std::size_t>(codes.GetValueIndex(row))]);
    }
  }
}

}  // namespace

RowKeys read_row_keys(const arrow::ChunkedArray& values, const std::string& name,
                      const std::string& table) {
  if (values.null_count() > 0) {
    throw Error(ErrorKind::data, called(name, table) + " has no value in " +
                                     thousands(static_cast<std::uint64_t>(values.null_count())) +
                                     " rows. Fill it, or remove those rows.");
  }
  const auto plain = plain_values(
      std::make_shared<arrow::ChunkedArray>(values.chunks(), values.type()), name, true);
  RowKeys keys{.name = name};
  keys.values.reserve(static_cast<std::size_t>(values.length()));
  if (plain->type()->id() == arrow::Type::DICTIONARY) {
    add_text(*plain, keys);
    return keys;
  }
  for (const auto& chunk : plain->chunks()) {
    if (chunk->type_id() == arrow::Type::BOOL) {
      const auto& flags = static_cast<const arrow::BooleanArray&>(*chunk);
      for (std::int64_t row = 0; row < flags.length(); ++row)
        keys.values.push_back(flags.Value(row));
    } else if (!with_number_values(
                   *chunk, [&](const auto* numbers) { add_numbers(*chunk, numbers, keys); })) {
      throw Error(ErrorKind::data, called(name, table) + " is of type " +
                                       type_words(*chunk->type()) +
                                       ". A column of integers, text, dates or times is needed.");
    }
  }
  return keys;
}

}  // namespace rarewood
