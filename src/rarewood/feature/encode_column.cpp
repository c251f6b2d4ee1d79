#include "rarewood/feature/encode_column.hpp"

#include <algorithm>

#include <arrow/chunked_array.h>

#include "rarewood/feature/column_piece.hpp"

namespace rarewood {

ColumnCounts encode_column(const Feature& feature, const arrow::ChunkedArray& values,
                           const ColumnOrigin& origin, std::vector<float>& into) {
  into.resize(static_cast<std::size_t>(values.length()));
  ColumnCounts counts;
  std::size_t at = 0;
  for (const auto& chunk : values.chunks()) {
    const ColumnPiece piece{.feature = feature,
                            .values = *chunk,
                            .into = into.data() + at,
                            .first_row = origin.first_row + at,
                            .table = origin.table};
    if (chunk->type_id() == arrow::Type::NA) {
      std::fill_n(piece.into, piece.rows(), kMissing);
    } else if (feature.kind == FeatureKind::number) {
      encode_number(piece);
    } else if (feature.kind == FeatureKind::boolean) {
      encode_boolean(piece);
    } else if (feature.kind == FeatureKind::time) {
      encode_time(piece);
    } else {
      encode_category(piece);
      for (std::size_t row = at; row < at + piece.rows(); ++row) {
        if (into[row] != kUnseen) continue;
        counts.unseen.push_back(static_cast<std::uint32_t>(row));
        into[row] = kMissing;
      }
    }
    at += piece.rows();
  }
  const auto missing = std::count_if(into.begin(), into.end(), [](float v) { return v != v; });
  counts.missing = static_cast<std::uint64_t>(missing) - counts.unseen.size();
  return counts;
}

}  // namespace rarewood
