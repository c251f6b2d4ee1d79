#include <algorithm>
#include <cmath>
#include <span>
#include <type_traits>

#include <arrow/array.h>
#include <arrow/buffer.h>
#include <arrow/type.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/feature/column_piece.hpp"
#include "rarewood/feature/number_values.hpp"

namespace rarewood {
namespace {

/// \throws Error(data) with the number of values that are infinite or beyond a float32.
void refuse_infinity(const ColumnPiece& piece) {
  const std::span<const float> values(piece.into, piece.rows());
  const auto is_infinite = [](float value) { return std::isinf(value); };
  const auto infinite = std::count_if(values.begin(), values.end(), is_infinite);
  if (infinite == 0) return;
  const auto first = std::find_if(values.begin(), values.end(), is_infinite) - values.begin();
  throw Error(ErrorKind::data,
              "The column '" + piece.feature.name + "' of '" + piece.table + "' has " +
                  thousands(static_cast<std::uint64_t>(infinite)) +
                  " infinite or too large values, the first in row " +
                  thousands(piece.first_row + static_cast<std::uint64_t>(first) + 1) +
                  ". Make them missing, or leave the column out with --exclude.");
}

template <typename Value>
float number_of(Value value) {
  const float number = static_cast<float>(value);
  if constexpr (std::is_floating_point_v<Value>) {
    return std::isnan(number) ? kMissing : number + 0.0F;  // -0 becomes 0
  } else {
    return number;
  }
}

/// Days since 1970, so that a date and a time stamp of one day agree.
void times_to_days(const ColumnPiece& piece) {
  const double steps = steps_per_day(*piece.values.type());
  with_number_values(piece.values, [&](const auto* values) {
    for (std::size_t row = 0; row < piece.rows(); ++row) {
      piece.into[row] = static_cast<float>(static_cast<double>(values[row]) / steps) + 0.0F;
    }
  });
}

/// Eight bits at a time, which the compiler turns into a few vector operations.
void bits_to_numbers(const ColumnPiece& piece) {
  const auto& values = static_cast<const arrow::BooleanArray&>(piece.values);
  const std::uint8_t* bits = values.values()->data();
  const auto begin = static_cast<std::size_t>(values.offset());
  std::size_t row = 0;
  const auto one = [&] {
    const std::size_t at = begin + row;
    piece.into[row++] = static_cast<float>((bits[at / 8] >> (at % 8)) & 1);
  };
  while (row < piece.rows() && (begin + row) % 8 != 0) one();
  for (; row + 8 <= piece.rows(); row += 8) {
    const std::uint8_t byte = bits[(begin + row) / 8];
    for (std::size_t k = 0; k < 8; ++k) {
      piece.into[row + k] = static_cast<float>((byte >> k) & 1);
    }
  }
  while (row < piece.rows()) one();
  erase_missing(piece);
}

/// Text is no number; the example is the first word that could not even be read as one.
void refuse_text(const ColumnPiece& piece) {
  const auto& text = static_cast<const arrow::DictionaryArray&>(piece.values);
  const auto numbers = code_meanings(text, [](std::string_view word) -> std::optional<float> {
    return parse_double(word) ? std::optional<float>(0) : std::nullopt;
  });
  std::optional<std::size_t> example;
  for (std::size_t row = 0; row < piece.rows(); ++row) {
    if (piece.is_missing(row)) continue;
    if (!example) example = row;
    if (!numbers[static_cast<std::size_t>(text.GetValueIndex(static_cast<std::int64_t>(row)))]) {
      refuse_value(piece, row);
    }
  }
  if (example) refuse_value(piece, *example);
}

std::optional<float> boolean_of(const std::string& word) {
  const std::string small = lower(word);
  if (small == "true" || small == "1" || small == "yes") return 1.0F;
  if (small == "false" || small == "0" || small == "no") return 0.0F;
  return std::nullopt;
}

void encode_boolean_text(const ColumnPiece& piece) {
  const auto& text = static_cast<const arrow::DictionaryArray&>(piece.values);
  const auto meanings =
      code_meanings(text, [](std::string_view word) { return boolean_of(std::string(word)); });
  const auto* codes = text.data()->GetValues<std::int32_t>(1);
  for (std::size_t row = 0; row < piece.rows(); ++row) {
    if (piece.is_missing(row)) {
      piece.into[row] = kMissing;
    } else if (const auto meaning = meanings[static_cast<std::size_t>(codes[row])]) {
      piece.into[row] = *meaning;
    } else {
      refuse_value(piece, row);
    }
  }
}

}  // namespace

void encode_number(const ColumnPiece& piece) {
  const arrow::DataType& type = *piece.values.type();
  if (type.id() == arrow::Type::BOOL) return bits_to_numbers(piece);
  if (type.id() == arrow::Type::DICTIONARY) {
    refuse_text(piece);
  } else if (is_time_type(type) || !with_number_values(piece.values, [&](const auto* values) {
               std::transform(values, values + piece.rows(), piece.into,
                              [](auto value) { return number_of(value); });
             })) {
    refuse_type(piece);
  }
  erase_missing(piece);
  if (arrow::is_floating(type.id())) refuse_infinity(piece);
}

void encode_boolean(const ColumnPiece& piece) {
  const arrow::DataType& type = *piece.values.type();
  if (type.id() == arrow::Type::BOOL) return bits_to_numbers(piece);
  if (type.id() == arrow::Type::DICTIONARY) return encode_boolean_text(piece);
  encode_number(piece);
  for (std::size_t row = 0; row < piece.rows(); ++row) {
    const float value = piece.into[row];
    if (value != 0 && value != 1 && !std::isnan(value)) refuse_value(piece, row);
  }
}

void encode_time(const ColumnPiece& piece) {
  if (!is_time_type(*piece.values.type())) refuse_type(piece);
  times_to_days(piece);
  erase_missing(piece);
}

double steps_per_day(const arrow::DataType& type) {
  if (type.id() == arrow::Type::DATE32) return 1;
  switch (static_cast<const arrow::TimestampType&>(type).unit()) {
    case arrow::TimeUnit::SECOND: return 86400;
    case arrow::TimeUnit::MILLI: return 86400e3;
    case arrow::TimeUnit::MICRO: return 86400e6;
    default: return 86400e9;
  }
}

}  // namespace rarewood
