#pragma once

#include <memory>
#include <string>
#include <vector>

#include <arrow/type_fwd.h>

#include "rarewood/table/table_form.hpp"

namespace rarewood {

// A table that is written again keeps the spelling of its booleans: they are read as text, and
// turned into booleans only for those who ask what they mean.

/// Columns that a text table spells as true and false in one of three ways ("TRUE"); none of a
/// Parquet file.
std::vector<std::string> spelled_booleans(const TableForm& form);

/// The rows with these columns of text as booleans. \throws Error(data) for any other word.
std::shared_ptr<arrow::Table> with_booleans(std::shared_ptr<arrow::Table> rows,
                                            const std::vector<std::string>& columns);

}  // namespace rarewood
