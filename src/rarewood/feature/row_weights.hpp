#pragma once

#include <string>
#include <vector>

#include <arrow/type_fwd.h>

namespace rarewood {

/// How much each row weighs in learning, [rows].
/// \throws Error(data) for a weight that is missing, negative, infinite or above 1e12, with its
/// row,
///         and if no row has any weight
std::vector<float> read_row_weights(const arrow::ChunkedArray& values, const std::string& name,
                                    const std::string& table);

}  // namespace rarewood
