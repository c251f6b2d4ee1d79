#pragma once

#include <memory>

#include <arrow/type_fwd.h>

namespace rarewood {

/// The next batch, or null at the end. \throws the Error behind a status that is not OK.
std::shared_ptr<arrow::RecordBatch> next_batch(arrow::RecordBatchReader& reader);

}  // namespace rarewood
