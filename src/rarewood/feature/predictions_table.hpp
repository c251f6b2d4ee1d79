#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <arrow/type_fwd.h>

#include "rarewood/feature/row_keys.hpp"
#include "rarewood/feature/schema.hpp"

namespace rarewood {

/// What a model says of each row, to be written beside the row.
struct PredictedRows {
  std::vector<float> probability;    ///< [rows]
  std::vector<std::uint8_t> labels;  ///< [rows] 1 = positive
};

/// The rows with identifiers before them and the columns "probability" and "label" behind; labels
/// are the target's own words, as integers where both are.
/// \param ids  of the same rows, such as those of a keys file; names the table has are left out
/// \throws Error(data) if the table has a column of one of the two names
std::shared_ptr<arrow::Table> with_predictions(const arrow::Table& rows,
                                               const std::vector<RowKeys>& ids,
                                               const PredictedRows& predicted, const Target& target,
                                               const std::string& table);

}  // namespace rarewood
