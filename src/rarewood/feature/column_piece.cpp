#include "rarewood/feature/column_piece.hpp"

#include <arrow/scalar.h>
#include <arrow/type.h>

#include "rarewood/base/error.hpp"
#include "rarewood/base/text.hpp"
#include "rarewood/table/arrow_result.hpp"
#include "rarewood/table/table.hpp"

namespace rarewood {
namespace {

std::string kind_words(FeatureKind kind) {
  switch (kind) {
    case FeatureKind::number: return "numbers";
    case FeatureKind::boolean: return "true or false (or 1 and 0)";
    case FeatureKind::time: return "dates or time stamps";
    default: return "categories";
  }
}

std::string value_text(const ColumnPiece& piece, std::size_t row) {
  const auto at = static_cast<std::int64_t>(row);
  if (piece.values.type_id() == arrow::Type::DICTIONARY) {
    const auto& text = static_cast<const arrow::DictionaryArray&>(piece.values);
    const auto& words = static_cast<const arrow::StringArray&>(*text.dictionary());
    return words.GetString(text.GetValueIndex(at));
  }
  return take(piece.values.GetScalar(at), piece.table)->ToString();
}

}  // namespace

void refuse_value(const ColumnPiece& piece, std::size_t row) {
  throw Error(ErrorKind::data, "The column '" + piece.feature.name + "' of '" + piece.table +
                                   "' must hold " + kind_words(piece.feature.kind) + ", but row " +
                                   thousands(piece.first_row + row + 1) + " has '" +
                                   value_text(piece, row) + "'.");
}

void refuse_type(const ColumnPiece& piece) {
  throw Error(ErrorKind::data, "The column '" + piece.feature.name + "' of '" + piece.table +
                                   "' must hold " + kind_words(piece.feature.kind) + ", not " +
                                   type_words(*piece.values.type()) + ".");
}

void erase_missing(const ColumnPiece& piece) {
  if (piece.values.null_count() == 0) return;
  for (std::size_t row = 0; row < piece.rows(); ++row) {
    if (piece.is_missing(row)) piece.into[row] = kMissing;
  }
}

}  // namespace rarewood
