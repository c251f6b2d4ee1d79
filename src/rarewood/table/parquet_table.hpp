#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <arrow/type_fwd.h>

#include "rarewood/base/control.hpp"
#include "rarewood/table/table_form.hpp"
#include "rarewood/table/table_source.hpp"

namespace rarewood {

/// Schema, rows and metadata of a Parquet file, from its footer.
/// \throws Error(data) in one sentence: empty, cut off, corrupt, equal column names.
TableForm parquet_form(const TableSource& source);

/// The values, batch by batch. \throws Error(data) if a requested column is nested.
std::shared_ptr<arrow::RecordBatchReader> open_parquet(const TableSource& source,
                                                       const TableForm& form,
                                                       const TableRequest& request,
                                                       const Control& control);

/// One column, whole; may be called from several threads at once.
/// \param column  position in form.schema
std::shared_ptr<arrow::ChunkedArray> read_parquet_column(const TableSource& source,
                                                         const TableForm& form, std::size_t column,
                                                         bool text_as_codes);

/// Bytes that a flat column takes in the file once it is decompressed.
std::uint64_t parquet_column_bytes(const TableForm& form, const std::string& column);

}  // namespace rarewood
