#include "rarewood/table/c_stream.hpp"

#include <arrow/c/bridge.h>
#include <arrow/record_batch.h>
#include <arrow/table.h>

#include "rarewood/table/arrow_result.hpp"

namespace rarewood {

std::shared_ptr<arrow::Table> table_from_stream(ArrowArrayStream* stream) {
  const char* attempt = "Cannot take over the table";
  const auto reader = take(arrow::ImportRecordBatchReader(stream), attempt);
  return take(arrow::Table::FromRecordBatchReader(reader.get()), attempt);
}

}  // namespace rarewood
