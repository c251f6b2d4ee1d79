#include "rarewood/table/batch.hpp"

#include <arrow/record_batch.h>

#include "rarewood/table/arrow_result.hpp"

namespace rarewood {

std::shared_ptr<arrow::RecordBatch> next_batch(arrow::RecordBatchReader& reader) {
  std::shared_ptr<arrow::RecordBatch> batch;
  require(reader.ReadNext(&batch), "Cannot read a table");
  return batch;
}

}  // namespace rarewood
