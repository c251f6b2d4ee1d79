#include <algorithm>
#include <type_traits>
#include <unordered_map>

#include <arrow/array.h>
#include <arrow/type.h>

#include "rarewood/feature/column_piece.hpp"
#include "rarewood/feature/levels.hpp"
#include "rarewood/feature/number_values.hpp"

namespace rarewood {
namespace {

/// The code of a category by its text, or of what means the same in another type.
class CategoryIndex {
 public:
  explicit CategoryIndex(const std::vector<std::string>& categories) : categories_(categories) {}

  std::optional<float> of_text(std::string_view word) const {
    const auto at = std::lower_bound(categories_.begin(), categories_.end(), word);
    if (at == categories_.end() || *at != word) return std::nullopt;
    return static_cast<float>(at - categories_.begin());
  }

  /// Text tables give TRUE and True out as a boolean: any of these spellings is meant.
  std::optional<float> of_boolean(bool value) const {
    for (const char* word : {value ? "true" : "false", value ? "True" : "False",
                             value ? "TRUE" : "FALSE", value ? "1" : "0"}) {
      if (const auto code = of_text(word)) return code;
    }
    return std::nullopt;
  }

 private:
  const std::vector<std::string>& categories_;
};

template <typename Value>
std::string number_level(Value value) {
  if constexpr (std::is_floating_point_v<Value>) {
    return level_text(static_cast<double>(value));
  } else {
    return std::to_string(value);
  }
}

void encode_category_numbers(const ColumnPiece& piece, const CategoryIndex& index, float unseen) {
  const bool known = with_number_values(piece.values, [&](const auto* values) {
    std::unordered_map<std::remove_cvref_t<decltype(*values)>, float> codes;
    auto last = codes.end();  // values often follow their like
    for (std::size_t row = 0; row < piece.rows(); ++row) {
      if (piece.is_missing(row) || is_nan(values[row])) {
        piece.into[row] = kMissing;
        continue;
      }
      if (last == codes.end() || last->first != values[row]) {
        const auto [at, is_new] = codes.try_emplace(values[row], unseen);
        if (is_new) at->second = index.of_text(number_level(values[row])).value_or(unseen);
        last = at;
      }
      piece.into[row] = last->second;
    }
  });
  if (!known) refuse_type(piece);
}

void encode_category_text(const ColumnPiece& piece, const CategoryIndex& index, float unseen) {
  const auto& text = static_cast<const arrow::DictionaryArray&>(piece.values);
  const auto meanings =
      code_meanings(text, [&](std::string_view word) { return index.of_text(word); });
  std::vector<float> plain;
  for (const auto& meaning : meanings) plain.push_back(meaning.value_or(unseen));
  const auto* codes = text.data()->GetValues<std::int32_t>(1);
  for (std::size_t row = 0; row < piece.rows(); ++row) {
    piece.into[row] =
        piece.is_missing(row) ? kMissing : plain[static_cast<std::size_t>(codes[row])];
  }
}

}  // namespace

void encode_category(const ColumnPiece& piece) {
  const CategoryIndex index(piece.feature.categories);
  const arrow::DataType& type = *piece.values.type();
  if (is_time_type(type)) refuse_type(piece);
  if (type.id() == arrow::Type::DICTIONARY) {
    encode_category_text(piece, index, kUnseen);
  } else if (type.id() == arrow::Type::BOOL) {
    const auto& values = static_cast<const arrow::BooleanArray&>(piece.values);
    const float codes[2] = {index.of_boolean(false).value_or(kUnseen),
                            index.of_boolean(true).value_or(kUnseen)};
    for (std::size_t row = 0; row < piece.rows(); ++row) {
      piece.into[row] = codes[values.Value(static_cast<std::int64_t>(row)) ? 1 : 0];
    }
    erase_missing(piece);
  } else {
    encode_category_numbers(piece, index, kUnseen);
  }
}

}  // namespace rarewood
