#pragma once

#include <string>

#include <arrow/type_fwd.h>

namespace rarewood {

/// A warning if different values of a column become the same float32, else "".
///
/// Whole numbers: any loss. Others: if more than 1 % of the different values among the first 16,384
/// are lost, for values that differ in the ninth digit only are the same for a model.
std::string lost_precision(const std::string& name, const arrow::ChunkedArray& values);

}  // namespace rarewood
