#pragma once

#include <memory>

#include <arrow/type_fwd.h>

struct ArrowArrayStream;

namespace rarewood {

/// All of a table that another library hands over through Arrow's C stream interface, without
/// copying it. The stream is used up.
/// \throws Error(data) if the other library fails in the middle.
std::shared_ptr<arrow::Table> table_from_stream(ArrowArrayStream* stream);

}  // namespace rarewood
