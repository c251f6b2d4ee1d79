#pragma once

#include <memory>

#include <arrow/type_fwd.h>

#include "rarewood/base/control.hpp"
#include "rarewood/table/table_form.hpp"
#include "rarewood/table/table_source.hpp"

namespace rarewood {

/// Find separator, header and types of a CSV text (gzip or not) by reading all of it once: a type
/// holds for the whole column, not for its first rows.
///
/// \throws Error(data) in one sentence, with the line: empty, header only, binary, not UTF-8, rows
///         of another width than the header, quotes never closed, equal column names.
TableForm text_form(const TableSource& source, const TableOptions& options, const Control& control);

/// The values, batch by batch, in the types of `form`.
std::shared_ptr<arrow::RecordBatchReader> open_text(const TableSource& source,
                                                    const TableForm& form,
                                                    const TableRequest& request,
                                                    const Control& control);

}  // namespace rarewood
