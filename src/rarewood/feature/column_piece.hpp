#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <arrow/array.h>

#include "rarewood/feature/schema.hpp"

namespace rarewood {

inline constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

/// A category never seen, until it is counted and becomes missing.
inline constexpr float kUnseen = -1;

/// One chunk of a column on its way into the values learners see.
struct ColumnPiece {
  const Feature& feature;
  const arrow::Array& values;
  float* into;
  std::uint64_t first_row = 0;  ///< in the table
  const std::string& table;     ///< its name, for messages

  std::size_t rows() const { return static_cast<std::size_t>(values.length()); }
  bool is_missing(std::size_t row) const { return values.IsNull(static_cast<std::int64_t>(row)); }
};

/// \throws Error(data) naming column, row and value.
[[noreturn]] void refuse_value(const ColumnPiece& piece, std::size_t row);

/// \throws Error(data) naming column and type.
[[noreturn]] void refuse_type(const ColumnPiece& piece);

/// Put NaN where the column has no value.
void erase_missing(const ColumnPiece& piece);

/// What each code of a piece of text stands for; nothing where `meaning(word)` has nothing.
template <typename Meaning>
std::vector<std::optional<float>> code_meanings(const arrow::DictionaryArray& text,
                                                const Meaning& meaning) {
  const auto& words = static_cast<const arrow::StringArray&>(*text.dictionary());
  std::vector<std::optional<float>> meanings(static_cast<std::size_t>(words.length()));
  for (std::size_t code = 0; code < meanings.size(); ++code) {
    const auto at = static_cast<std::int64_t>(code);
    if (!words.IsNull(at)) meanings[code] = meaning(words.GetView(at));
  }
  return meanings;
}

void encode_number(const ColumnPiece& piece);
void encode_boolean(const ColumnPiece& piece);
void encode_time(const ColumnPiece& piece);
/// Categories never seen become kUnseen.
void encode_category(const ColumnPiece& piece);

}  // namespace rarewood
